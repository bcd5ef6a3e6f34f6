import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { join } from 'node:path';
import { mock } from 'node:test';
import { isCoreError } from '../../../src/core/base/errors.ts';
import type { ErrorCode } from '../../../src/core/base/errors.ts';
import type { Log } from '../../../src/core/base/log.ts';
import { connect } from '../../../src/core/ssh/door.ts';
import type { ConnectOptions } from '../../../src/core/ssh/door.ts';
import { openHostKeys } from '../../../src/core/ssh/hostKeys.ts';
import type { GuestOperation, SshTarget } from '../../../src/core/ssh/shell.ts';
import { keptLog, secrets } from '../../lab/kept.ts';
import { run } from './command.ts';
import { freePort, startSshd } from './sshd.ts';
import type { TestSshd } from './sshd.ts';

/** Gives what a script printed. */
function output(script: string, more: Partial<GuestOperation<string>> = {}): GuestOperation<string> {
  return { name: 'test', script, asRoot: false, parse: ({ stdout }) => stdout.toString('utf8'), ...more };
}

describe('a connection to a real sshd', function () {
  this.timeout(30_000);
  let sshd: TestSshd;
  let logged: string[];
  let asked: string[];
  before(async () => {
    sshd = await startSshd();
  });
  after(() => sshd.stop());
  beforeEach(async () => {
    [logged, asked] = [[], []];
    await rm(join(sshd.directory, 'known_hosts'), { force: true });
  });

  const keep = (message: string | Error) => {
    logged.push(String(message));
    keptLog('ssh').debug(String(message));
  };
  const log: Log = { trace: keep, debug: keep, info: keep, warn: keep, error: keep };
  const target = (changes: Partial<SshTarget> = {}): SshTarget => ({
    host: sshd.host,
    port: sshd.port,
    user: 'root',
    keyFiles: [sshd.keyFile],
    ...changes,
  });
  const options = (changes: Partial<ConnectOptions> = {}): ConnectOptions => ({
    questions: {
      acceptHostKey: (...question) => {
        asked.push(question.join(' '));
        return Promise.resolve(true);
      },
      passphrase: () => Promise.resolve(secrets.passphrase),
    },
    hostKeys: openHostKeys(join(sshd.directory, 'known_hosts')),
    log,
    ...changes,
  });
  const questions = (changes: Partial<ConnectOptions['questions']>) => ({
    questions: { ...options().questions, ...changes },
  });
  const fails = async (code: ErrorCode, attempt: Promise<unknown>) => {
    await assert.rejects(attempt, (error) => isCoreError(error, code) || assert.fail(String(error)));
  };

  it('runs operations side by side, and gives bytes', async () => {
    const shell = await connect(target(), options());
    assert.equal(await shell.arrivedAt(), '127.0.0.1');
    const scripts = Array.from({ length: 20 }, (_, index) => output(`sleep 0.1; echo ${index}`));
    const answers = await Promise.all(scripts.map((operation) => shell.run(operation)));
    assert.deepEqual(
      answers,
      scripts.map((_, index) => `${index}\n`),
    );
    const bytes = await shell.run({ ...output("printf '\\000\\377'"), parse: ({ stdout }) => stdout });
    assert.deepEqual(bytes, Buffer.from([0, 255]));
    const ended = await shell.run({ ...output('echo no >&2; exit 3'), parse: (result) => result });
    assert.deepEqual({ ...ended, stdout: ended.stdout.length }, { code: 3, stdout: 0, stderr: 'no\n' });
    shell.close();
  });

  it('waits for its turn where the server allows one session at a time', async () => {
    const own = await startSshd({ config: ['MaxSessions 1'] });
    const shell = await connect(target({ port: own.port, keyFiles: [own.keyFile] }), options());
    const numbers = [1, 2, 3, 4];
    assert.deepEqual(
      await Promise.all(numbers.map((number) => shell.run(output(`sleep 0.1; echo ${number}`)))),
      numbers.map((number) => `${number}\n`),
    );
    shell.close();
    await own.stop();
  });

  it('gives a script nothing to read, and runs one of any length', async () => {
    const shell = await connect(target(), options());
    assert.equal(await shell.run(output('cat; echo end')), 'end\n');
    const long = 'x'.repeat(1_000_000);
    assert.equal((await shell.run(output(`echo ${long}`))).length, long.length + 1);
    shell.close();
  });

  it('asks for an unknown host key once, and remembers it under both names', async () => {
    for (let time = 0; time < 2; time += 1) {
      (await connect(target({ instanceId: 'i-1' }), options())).close();
    }
    assert.equal(asked.length, 1);
    assert.match(asked[0] ?? '', /^127\.0\.0\.1 ssh-ed25519 SHA256:/);
    const known = await readFile(join(sshd.directory, 'known_hosts'), 'utf8');
    assert.match(
      known,
      new RegExp(`^\\[127\\.0\\.0\\.1\\]:${sshd.port} ssh-ed25519 \\S+\\ni-1 ssh-ed25519 \\S+\\n$`),
    );
    const [shown] =
      /SHA256:\S+/.exec(
        (await run('ssh-keygen', ['-l', '-f', join(sshd.directory, 'host_key.pub')])).stdout,
      ) ?? [];
    assert.ok(asked[0]?.includes(shown ?? '-'));
  });

  it('takes no key that the user does not accept', async () => {
    const refuse = questions({ acceptHostKey: () => Promise.resolve(false) });
    await fails('ssh.hostKeyRejected', connect(target(), options(refuse)));
  });

  it('tells both fingerprints and the place of a host key that changed', async () => {
    const file = join(sshd.directory, 'known_hosts');
    const other = (await run('cat', [`${sshd.keyFile}.pub`])).stdout.split(' ').slice(0, 2).join(' ');
    await writeFile(file, `# mine\n[127.0.0.1]:${sshd.port} ${other}\n`);
    await assert.rejects(connect(target(), options()), (error) => {
      assert.ok(isCoreError(error, 'ssh.hostKeyChanged'));
      const { expected, actual, knownAt } = error.data;
      assert.match(expected, /^SHA256:\S{43}$/);
      assert.match(actual, /^SHA256:\S{43}$/);
      assert.notEqual(expected, actual);
      assert.equal(knownAt, `${file}:2`);
      return true;
    });
    assert.deepEqual(asked, []);
  });

  it('asks again where a known EIP has moved to another instance', async () => {
    const file = join(sshd.directory, 'known_hosts');
    const other = (await run('cat', [`${sshd.keyFile}.pub`])).stdout.split(' ').slice(0, 2).join(' ');
    await writeFile(file, `[127.0.0.1]:${sshd.port} ${other}\ni-old ${other}\n`);
    (await connect(target({ instanceId: 'i-new' }), options())).close();
    assert.equal(asked.length, 1);
    await fails('ssh.hostKeyChanged', connect(target({ instanceId: 'i-old' }), options()));
  });

  it('opens an encrypted key, and says what is wrong with any other', async () => {
    const path = (name: string) => join(sshd.directory, name);
    await run('ssh-keygen', ['-q', '-t', 'rsa', '-m', 'PEM', '-N', secrets.passphrase, '-f', path('pem')]);
    execFileSync('sh', ['-c', `cat ${path('pem.pub')} >> ${sshd.keyFile}.pub`]);
    await run('ssh-keygen', ['-q', '-t', 'ecdsa', '-N', secrets.passphrase, '-f', path('openssh')]);
    execFileSync('sh', ['-c', `cat ${path('openssh.pub')} >> ${sshd.keyFile}.pub`]);
    for (const name of ['pem', 'openssh']) {
      const using = target({ keyFiles: [path(name)] });
      (await connect(using, options())).close();
      const none = questions({ passphrase: () => Promise.resolve(undefined) });
      await fails('ssh.keyEncrypted', connect(using, options(none)));
      const wrong = questions({ passphrase: () => Promise.resolve(secrets.mistyped) });
      await fails('ssh.keyWrongPassphrase', connect(using, options(wrong)));
    }
    await writeFile(path('rubbish'), 'rubbish');
    await mkdir(path('directory'));
    for (const [name, code] of [
      ['none', 'ssh.keyMissing'],
      ['directory', 'ssh.keyUnreadable'],
      ['rubbish', 'ssh.keyInvalid'],
      ['id.pub', 'ssh.keyInvalid'],
    ] as const) {
      await fails(code, connect(target({ keyFiles: [path(name)] }), options()));
    }
    assert.doesNotMatch(logged.join('\n'), /correct horse|battery staple/);
  });

  it('logs in with an agent, and goes on without one that does not answer', async () => {
    const socket = join(sshd.directory, 'agent');
    const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
    try {
      while ((await run('ssh-add', ['-l'], { mayFail: true, agent: socket })).code === 2);
      await run('ssh-add', ['-q', sshd.keyFile], { agent: socket });
      (await connect(target({ keyFiles: [], agent: socket }), options())).close();
    } finally {
      agent.kill();
    }
    (await connect(target({ agent: join(sshd.directory, 'nobody') }), options())).close();
    await fails(
      'ssh.loginRefused',
      connect(target({ keyFiles: [], agent: join(sshd.directory, 'nobody') }), options()),
    );
  });

  it('says who is refused, and who does not answer', async () => {
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(sshd.directory, 'stranger')]);
    await fails(
      'ssh.loginRefused',
      connect(target({ keyFiles: [join(sshd.directory, 'stranger')] }), options()),
    );
    await fails('ssh.refused', connect(target({ port: await freePort() }), options()));
    await fails('ssh.unknownHost', connect(target({ host: 'no.such.host.invalid' }), options()));
  });

  it('gives up on a host that accepts and says nothing, or speaks an older SSH, or closes at once', async () => {
    const silent = await listen(() => undefined);
    const old = await listen((socket) => socket.write('SSH-1.0-old\r\n'));
    const closing = await listen((socket) => socket.destroy());
    const portOf = (server: Server) => (server.address() as AddressInfo).port;
    try {
      await fails(
        'ssh.noAnswer',
        connect(target({ port: portOf(silent) }), options({ timeoutMilliseconds: 300 })),
      );
      await fails('ssh.protocol', connect(target({ port: portOf(old) }), options()));
      await fails('ssh.connectionLost', connect(target({ port: portOf(closing) }), options()));
      const stop = new AbortController();
      const waiting = connect(target({ port: portOf(silent) }), options({ signal: stop.signal }));
      setTimeout(() => {
        stop.abort();
      }, 50);
      await assert.rejects(waiting, { name: 'AbortError' });
    } finally {
      for (const server of [silent, old, closing]) server.close();
    }
  });

  it('gives up after 15 s where nobody wants it otherwise, and not before', async () => {
    const silent = await listen(() => undefined);
    const { port } = silent.address() as AddressInfo;
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      let isOver = false;
      const waiting = connect(target({ port }), options()).finally(() => (isOver = true));
      mock.timers.tick(14_999);
      await new Promise(setImmediate);
      assert.equal(isOver, false);
      mock.timers.tick(1);
      await assert.rejects(waiting, (error) => {
        assert.ok(isCoreError(error, 'ssh.noAnswer'), String(error));
        assert.equal(error.data.seconds, 15);
        return true;
      });
    } finally {
      mock.timers.reset();
      silent.close();
    }
  });

  it('does not count the time of a question', async () => {
    const slow = questions({
      acceptHostKey: () => new Promise((resolve) => setTimeout(resolve, 1500, true)),
    });
    (await connect(target(), options({ ...slow, timeoutMilliseconds: 1200 }))).close();
  });

  it('ends what it runs when it is cancelled', async () => {
    const shell = await connect(target(), options());
    const stop = new AbortController();
    const gone = join(sshd.directory, 'gone');
    const script = `echo on; cat <&3; echo yes > ${gone}`;
    const running = shell.run(output(script, { endsWithCaller: true }), {
      signal: stop.signal,
      onLine: () => {
        stop.abort();
      },
    });
    await assert.rejects(running, { name: 'AbortError' });
    assert.equal(await shell.run(output(`while [ ! -e ${gone} ]; do sleep 0.1; done; cat ${gone}`)), 'yes\n');
    shell.close();
  });

  it('tells a lost connection, for what runs and for what would', async () => {
    const own = await startSshd();
    const shell = await connect(target({ port: own.port, keyFiles: [own.keyFile] }), options());
    const running = shell.run(output('sleep 20'));
    setTimeout(() => void own.kill(), 200);
    await fails('ssh.connectionLost', running);
    await fails('ssh.connectionLost', shell.run(output('true')));
    await own.stop();
  });

  it('is not put off by a login shell that talks', async () => {
    const talk = join(sshd.directory, 'talk');
    await writeFile(talk, '#!/bin/sh\necho Welcome!; echo; shift; exec sh -c "$1"\n');
    await chmod(talk, 0o755);
    const own = await startSshd({ config: [`ForceCommand ${talk} -c "$SSH_ORIGINAL_COMMAND"`] });
    const shell = await connect(target({ port: own.port, keyFiles: [own.keyFile] }), options());
    assert.equal(await shell.run(output('echo hello')), 'hello\n');
    shell.close();
    await own.stop();
  });

  it('passes on what a host says that runs no commands', async () => {
    const own = await startSshd({ config: ['ForceCommand echo Please login as the user "admin"'] });
    await assert.rejects(connect(target({ port: own.port, keyFiles: [own.keyFile] }), options()), (error) => {
      assert.ok(isCoreError(error, 'ssh.commandFailed'));
      assert.match(error.data.stderr, /Please login as the user/);
      return true;
    });
    await own.stop();
  });
});

/** A server on a free port of loopback that does one thing with each caller. */
async function listen(serve: (socket: Socket) => unknown): Promise<Server> {
  const server = createServer(serve).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
