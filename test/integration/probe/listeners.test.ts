import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { listenScript } from '../../../src/core/probe/inbound/listeners.ts';
import { thisMachine } from '../../../src/core/probe/vantage.ts';
import { wrapScript } from '../../../src/core/ssh/wrap.ts';
import { libraryPath, unpackedPackage } from '../debianPackage.ts';
import { freePort } from '../ssh/sshd.ts';
import { ofThisMachine, toolsWith } from './tools.ts';

const address = '127.0.0.1';
const options = { timeoutMilliseconds: 3000, signal: new AbortController().signal };

/** Each tool, with what makes a command of that name in the directory. */
const tools: Readonly<Record<string, (directory: string) => Promise<void>>> = {
  python3: ofThisMachine('python3'),
  perl: ofThisMachine('perl'),
  'openbsd nc': async (directory) =>
    symlink(join(await unpackedPackage('netcat-openbsd'), 'bin/nc.openbsd'), join(directory, 'nc')),
  'busybox nc': async (directory) =>
    symlink(join(await unpackedPackage('busybox-static'), 'bin/busybox'), join(directory, 'busybox')),
  'traditional nc': async (directory) => {
    const program = join(await unpackedPackage('netcat-traditional'), 'bin', 'nc.traditional');
    await symlink(program, join(directory, 'nc'));
  },
  socat: (directory) => writeLauncher(directory, 'socat', ['libwrap0']),
  ncat: (directory) => writeLauncher(directory, 'ncat', ['libpcap0.8', 'liblua5.3-0']),
};

/** A script that runs a program of an unpacked package with the libraries of others. */
async function writeLauncher(directory: string, name: string, libraries: readonly string[]): Promise<void> {
  const trees = await Promise.all(libraries.map(unpackedPackage));
  const program = join(await unpackedPackage(name), 'usr/bin', name);
  const file = join(directory, name);
  const path = trees.map(libraryPath).join(':');
  await writeFile(file, `#!/bin/sh\nLD_LIBRARY_PATH=${path} exec ${program} "$@"\n`);
  await chmod(file, 0o755);
}

describe('a listener on the guest', function () {
  this.timeout(60_000);
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-tools-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  for (const [name, install] of Object.entries(tools)) {
    it(`with ${name} answers, says what is taken and missing, and ends with its caller`, async () => {
      const [free, taken, taken6] = [await freePort(), await freePort(), await freePort()];
      const holders = [createServer().listen(taken, '0.0.0.0'), createServer().listen(taken6, '::')];
      const listeners = start(await toolsWith(directory, install), [
        { id: 'free', address, port: free, token: 'secret' },
        { id: 'taken', address, port: taken, token: 'x' },
        { id: 'taken6', address, port: taken6, token: 'x' },
        { id: 'missing', address: '192.0.2.1', port: free, token: 'x' },
      ]);
      try {
        const begun = ['missing missing', 'ready free', 'taken taken', 'taken taken6'];
        assert.deepEqual(await listeners.first(4), begun);
        const answer = await thisMachine.ask(address, free, options);
        assert.deepEqual(answer, { kind: 'answer', text: `secret ${address}` });
      } finally {
        await listeners.leave();
        for (const holder of holders) holder.close();
      }
      assert.equal(await staysListening(free), false);
    });
  }

  it('ends by itself where its caller is cut off without a word', async () => {
    const begun = Object.entries(tools).map(async ([name, install]) => {
      const port = await freePort();
      const path = await toolsWith(await mkdtemp(join(directory, 'tool-')), install);
      const listeners = start(path, [{ id: 'a', address, port, token: 'x' }], 2);
      assert.deepEqual(await listeners.first(1), ['ready a'], name);
      await listeners.ended;
      assert.equal(await staysListening(port), false, name);
    });
    await Promise.all(begun);
  });

  it('with netcat never outlives a caller that leaves the moment it has its answer', async () => {
    const path = await toolsWith(directory, tools['openbsd nc'] ?? assert.fail());
    const ports = await Promise.all(Array.from({ length: 25 }, () => freePort()));
    await Promise.all(
      ports.map(async (port) => {
        const listeners = start(path, [{ id: 'a', address, port, token: 'x' }]);
        assert.deepEqual(await listeners.first(1), ['ready a']);
        await thisMachine.ask(address, port, options);
        await listeners.leave();
      }),
    );
    for (const port of ports) assert.equal(await staysListening(port), false);
  });

  it('says so where there is no tool', async () => {
    const path = await toolsWith(directory, () => Promise.resolve());
    const listeners = start(path, [{ id: 'a', address, port: await freePort(), token: 'x' }]);
    assert.deepEqual(await listeners.first(1), ['noTool']);
    await listeners.leave();
  });
});

function start(path: string, spots: Parameters<typeof listenScript>[0], seconds = 20) {
  // Without the wrapper's search path, which would find this machine's own tools.
  const { input } = wrapScript(listenScript(spots, seconds), { marker: 'begin', become: 'user' });
  const shell = spawn('/bin/sh', ['-s'], { env: { PATH: path }, stdio: ['pipe', 'pipe', 'inherit'] });
  shell.stdin.write(input.replace(/^LC_ALL.*$/m, ''));
  const lines: string[] = [];
  createInterface(shell.stdout).on('line', (line) => lines.push(line));
  const ended = once(shell, 'exit');
  return {
    ended,
    first: async (count: number) => {
      while (lines.length < count + 1) await sleep(20);
      return lines.slice(1).sort();
    },
    leave: async () => {
      shell.stdin.end();
      await ended;
    },
  };
}

async function isListening(port: number): Promise<boolean> {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  return new RegExp(`:${hex} \\S+ 0A `).test(await readFile('/proc/net/tcp', 'utf8'));
}

/** Whether somebody still listens after the seconds that a busy machine may take to end a process. */
async function staysListening(port: number): Promise<boolean> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    if (!(await isListening(port))) return false;
    await sleep(100);
  }
  return true;
}
