import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import ssh2 from 'ssh2';
import { readKey } from '../../../src/core/ssh/keys.ts';
import { makeKey } from '../../../src/core/ssh/newKey.ts';
import { secrets, usesPrivateKey } from '../../lab/kept.ts';
import { coreFailure } from '../../unit/core/coreFailure.ts';

const exec = promisify(execFile);

describe('a key that is made for a person who has none', () => {
  let directory: string;
  let path: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-new-key-'));
    path = join(directory, '.ssh', 'ec2-multi-ip');
  });

  afterEach(() => rm(directory, { recursive: true, force: true }));

  /** What ssh-keygen makes of the private half: the public one. */
  const publicHalf = async (passphrase: string) =>
    (await exec('ssh-keygen', ['-y', '-P', passphrase, '-f', path])).stdout;
  const modeOf = async (file: string) => ((await stat(file)).mode & 0o777).toString(8);

  it('is OpenSSH’s own, for its owner alone', async () => {
    const line = await makeKey(path, '');
    usesPrivateKey(path);
    assert.match(line, /^ssh-ed25519 [A-Za-z0-9+/=]+ ec2-multi-ip\n$/);
    assert.equal(await readFile(`${path}.pub`, 'utf8'), line);
    assert.equal(await publicHalf(''), line);
    assert.deepEqual(await Promise.all([join(directory, '.ssh'), path].map(modeOf)), ['700', '600']);
  });

  it('opens with its passphrase and no other, for OpenSSH and for us', async () => {
    const line = await makeKey(path, secrets.passphrase);
    assert.equal(await publicHalf(secrets.passphrase), line);
    await assert.rejects(publicHalf(''), /incorrect passphrase/);
    const opened = (passphrase: string) =>
      readKey(path, ssh2.utils.parseKey, () => Promise.resolve(passphrase));
    const ours = await opened(secrets.passphrase);
    assert.equal([ours].flat()[0]?.getPublicSSH().toString('base64'), line.split(' ')[1]);
    await assert.rejects(opened(secrets.mistyped), coreFailure('ssh.keyWrongPassphrase', { path }));
  });

  it('takes the place of nothing, and leaves no half of itself', async () => {
    await mkdir(join(directory, '.ssh'));
    for (const there of [path, `${path}.pub`]) {
      await writeFile(there, 'mine');
      await assert.rejects(makeKey(path, ''), coreFailure('ssh.keyUnwritable', { path, reason: 'EEXIST' }));
      assert.equal(await readFile(there, 'utf8'), 'mine');
      assert.equal((await readdir(join(directory, '.ssh'))).length, 1);
      await rm(there);
    }
    await rm(join(directory, '.ssh'), { recursive: true });
    await writeFile(join(directory, '.ssh'), '');
    await assert.rejects(makeKey(path, ''), coreFailure('ssh.keyUnwritable', { path, reason: 'EEXIST' }));
  });
});
