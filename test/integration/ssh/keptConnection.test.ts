import assert from 'node:assert/strict';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '../../../src/core/ssh/door.ts';
import { openHostKeys } from '../../../src/core/ssh/hostKeys.ts';
import { keepConnection } from '../../../src/core/ssh/keptConnection.ts';
import type { GuestOperation, GuestShell } from '../../../src/core/ssh/shell.ts';
import { keptLog } from '../../lab/kept.ts';
import { startSshd } from './sshd.ts';
import type { TestSshd } from './sshd.ts';

/** Our port of the connection, and the process of sshd that serves it. */
const look: GuestOperation<{ readonly port: string; readonly server: number }> = {
  name: 'look',
  script: 'set -- $SSH_CONNECTION; echo "$2 $PPID"',
  asRoot: false,
  parse: ({ stdout }) => {
    const [port = '', server = ''] = stdout.toString('utf8').trim().split(' ');
    return { port, server: Number(server) };
  },
};

describe('a connection that is kept for the next step', function () {
  this.timeout(30_000);
  let sshd: TestSshd;
  before(async () => {
    sshd = await startSshd();
  });
  after(() => sshd.stop());

  const keeping = () =>
    keepConnection((signal) =>
      connect(
        { host: sshd.host, port: sshd.port, user: 'root', keyFiles: [sshd.keyFile] },
        {
          questions: {
            acceptHostKey: () => Promise.resolve(true),
            passphrase: () => Promise.resolve(undefined),
          },
          hostKeys: openHostKeys(join(sshd.directory, 'known_hosts')),
          log: keptLog('ssh'),
          signal,
        },
      ),
    );
  const use = async (shell: GuestShell) => {
    const seen = await shell.run(look);
    shell.close();
    return seen;
  };
  const isThere = (server: number) => {
    try {
      return process.kill(server, 0);
    } catch {
      return false;
    }
  };
  const isGone = async (server: number) => {
    while (isThere(server)) await sleep(20);
  };

  it('is what the next step goes on with, once, and is closed after that', async () => {
    const { open, resume } = keeping();
    const first = await use(await open());
    const second = await use(await resume());
    assert.deepEqual(second, first);
    await isGone(first.server);
    const third = await use(await resume());
    assert.notEqual(third.port, first.port);
  });

  it('is closed where another one is opened and takes its place', async () => {
    const { open, resume } = keeping();
    const first = await use(await open());
    const second = await use(await open());
    assert.notEqual(second.port, first.port);
    await isGone(first.server);
    assert.equal((await use(await resume())).port, second.port);
  });

  for (const [what, signal] of [
    ['ended meanwhile', 'SIGKILL'],
    ['does not answer', 'SIGSTOP'],
  ] as const) {
    it(`is replaced by a new one where it ${what}`, async () => {
      const { open, resume } = keeping();
      const first = await use(await open());
      process.kill(first.server, signal);
      // No longer believed to be there without a look.
      await sleep(1100);
      const second = await use(await resume());
      assert.notEqual(second.port, first.port);
      if (isThere(first.server)) process.kill(first.server, 'SIGKILL');
    });
  }

  it('is closed where no other step is to follow', async () => {
    const { open, resume, end } = keeping();
    const first = await use(await open());
    end();
    await isGone(first.server);
    assert.notEqual((await use(await resume())).port, first.port);
    end();
  });

  it('is closed by a cancel that comes while it is asked for a sign of life', async () => {
    const { open, resume } = keeping();
    const first = await use(await open());
    process.kill(first.server, 'SIGSTOP');
    await sleep(1100);
    await assert.rejects(resume(AbortSignal.timeout(200)), { name: 'TimeoutError' });
    process.kill(first.server, 'SIGCONT');
    await isGone(first.server);
  });
});
