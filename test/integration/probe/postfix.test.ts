import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { mailBindings } from '../../../src/core/diagnose/mail/bindings.ts';
import { readGreetings } from '../../../src/core/diagnose/mail/helo.ts';
import { libraryPath, unpackedPackage } from '../debianPackage.ts';

const exec = promisify(execFile);

describe('Postfix itself', function () {
  this.timeout(60_000);
  let directory: string;

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-postfix-'));
  });

  after(() => rm(directory, { recursive: true, force: true }));

  it('takes the settings that bind it, and tells what it greets with from each address', async () => {
    const postfix = await unpackedPackage('postfix');
    const needs = await Promise.all(['libdb5.3', 'libicu72', 'libnsl2', 'libsasl2-2'].map(unpackedPackage));
    const libraries = [join(postfix, 'usr/lib/postfix'), ...needs.map(libraryPath)].join(':');
    const bin = join(directory, 'bin');
    await mkdir(bin);
    const launcher = `#!/bin/sh\nLD_LIBRARY_PATH=${libraries} exec ${postfix}/usr/sbin/postconf -c ${directory} "$@"\n`;
    await writeFile(join(bin, 'postconf'), launcher, { mode: 0o755 });
    await writeFile(join(directory, 'main.cf'), 'compatibility_level = 3.6\nmyhostname = mail.example.com\n');
    const settings = mailBindings('postfix', [
      { address: '192.168.1.100' },
      { address: '192.168.1.101', helo: 'mail2.example.com' },
    ]);
    const [master = ''] = settings.split('\n\n');
    await writeFile(join(directory, 'master.cf'), `smtp unix - - n - - smtp\n${master}\n`);
    const env = { PATH: `${bin}:/usr/bin:/bin` };
    const { stdout } = await exec('/bin/sh', ['-c', readGreetings.script], { env });
    const { byAddress, otherwise } = readGreetings.parse({
      code: 0,
      stdout: Buffer.from(stdout),
      stderr: '',
    });
    assert.equal(otherwise, 'mail.example.com');
    assert.deepEqual(
      [...byAddress],
      [
        ['192.168.1.100', 'mail.example.com'],
        ['192.168.1.101', 'mail2.example.com'],
      ],
    );
  });
});
