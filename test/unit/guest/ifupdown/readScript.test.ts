import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readIfupdown } from '../../../../src/core/guest/ifupdown/readScript.ts';
import { readTree } from '../../../../src/core/guest/ifupdown/tree.ts';
import { readCommon, readPreamble } from '../../../../src/core/guest/readScript.ts';
import { parseRecords } from '../../../../src/core/guest/records.ts';

const shells = [['sh'], ['bash'], ['busybox', 'sh']].filter(([program = '']) =>
  existsSync(`/bin/${program}`),
);

describe('reading the interfaces file on the guest', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-etc-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const write = async (files: Readonly<Record<string, string>>) => {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text, 'latin1');
    }
  };
  /** Runs the script with the guest's files below a directory of ours. */
  const read = ([program = '', ...args]: readonly string[], before = '') => {
    const script = (before + readPreamble + readIfupdown).replaceAll('/etc/', `${root}/etc/`);
    const { stdout, stderr } = spawnSync(program, [...args, '-s'], { input: script, cwd: root });
    assert.equal(stderr.toString(), '');
    const records = parseRecords(stdout);
    const named = (kind: string) => records.filter((record) => record.kind === kind);
    return {
      files: named('file').map(({ values: [readAs, path, bytes] }) => ({
        readAs: String(readAs).slice(root.length),
        path: String(path).slice(root.length),
        text: (bytes?.toString('latin1') ?? '').replaceAll(root, ''),
      })),
      directories: named('directory').map(({ values }) => String(values[0]).slice(root.length)),
    };
  };

  for (const shell of shells) {
    describe(`under ${shell.join(' ')}`, () => {
      it('finds the hostname in /etc/hosts where no getent of the C library does', async () => {
        const resolves = async (hosts: string, name = 'mail.example.com') => {
          await write({ 'etc/hosts': hosts });
          const stubs = 'getent() { return 1; }\nip() { :; }\nhostname() { printf %s "$NAME"; }\n';
          const [program = '', ...args] = shell;
          const script = (stubs + readPreamble + readCommon).replaceAll('/etc/', `${root}/etc/`);
          const env = { ...process.env, NAME: name };
          const { stdout, stderr } = spawnSync(program, [...args, '-s'], { input: script, cwd: root, env });
          assert.equal(stderr.toString(), '');
          return parseRecords(stdout).some(({ kind }) => kind === 'resolves');
        };
        assert.ok(await resolves('127.0.0.1 localhost\n127.0.1.1\tmail.example.com mail'));
        assert.ok(await resolves('127.0.1.1 mail * mail.example.com#x\n'));
        assert.equal(await resolves('127.0.1.1 mail\n#127.0.1.1 mail.example.com\n'), false);
        assert.equal(await resolves('127.0.1.1 mail # mail.example.com\n'), false);
        assert.equal(await resolves('127.0.1.1 mail2example.com xmail.example.com\n'), false);
        assert.equal(await resolves('127.0.1.1 mail\n', '*'), false);
      });

      it('follows every include, once, and takes only the names that ifupdown takes', async () => {
        await write({
          'etc/network/interfaces': [
            '  source interfaces.d/*.cfg \\',
            `   ${root}/etc/more/a`,
            '# source /etc/more/commented \\',
            'source-directory dir',
            'source interfaces',
            'auto lo',
          ].join('\n'),
          'etc/network/interfaces.d/b.cfg': 'source deep/*\n',
          'etc/network/interfaces.d/.hidden.cfg': '',
          'etc/network/interfaces.d/x.bak': '',
          'etc/network/interfaces.d/deep/c d': '# c d\r\n',
          'etc/network/dir/good-1': '',
          'etc/network/dir/bad.cfg': '',
          'etc/more/a': 'auto a\\\n',
          'etc/more/commented': '',
        });
        const { files, directories } = read(shell);
        assert.deepEqual(
          files.map(({ readAs }) => readAs),
          [
            '/etc/network/interfaces',
            '/etc/network/interfaces.d/b.cfg',
            '/etc/network/interfaces.d/deep/c d',
            '/etc/more/a',
            '/etc/network/dir/good-1',
          ],
        );
        assert.equal(files[2]?.text, '# c d\r\n');
        assert.ok(
          directories.includes('/etc/network/interfaces.d') && directories.includes('/etc/network/dir'),
        );
        const tree = readTree(files.map((file) => ({ ...file, bytes: Buffer.from(file.text, 'latin1') })));
        assert.deepEqual(
          tree.files.map(({ file }) => file.readAs),
          files.map(({ readAs }) => readAs),
        );
      });

      it('gives every byte, with base64 and without', async () => {
        const text = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte)).join('') + '\n\n';
        await write({ 'etc/network/interfaces': `# ${text}` });
        const withoutBase64 = 'command() { [ "$2" != base64 ]; }\n';
        for (const before of ['', withoutBase64]) {
          assert.equal(read(shell, before).files[0]?.text, `# ${text}`);
        }
      });

      it('runs nothing that stands in a file, and survives a loop', async () => {
        await write({
          'etc/network/interfaces':
            'source $(touch ran) `touch ran` "; touch ran" interfaces loop\nsource ~root/x\n',
        });
        await symlink('interfaces', join(root, 'etc/network/loop'));
        const { files } = read(shell);
        assert.equal(existsSync(join(root, 'ran')), false);
        assert.equal(files[0]?.readAs, '/etc/network/interfaces');
      });

      it('tells the real path of a symbolic link', async () => {
        await write({ 'srv/interfaces': 'auto lo\n', 'etc/network/x': '' });
        await symlink('../../srv/interfaces', join(root, 'etc/network/interfaces'));
        assert.deepEqual(read(shell).files, [
          { readAs: '/etc/network/interfaces', path: '/srv/interfaces', text: 'auto lo\n' },
        ]);
      });
    });
  }
});
