import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readSshConfig } from '../../../src/core/ssh/config.ts';
import { targetOf } from '../../../src/core/ssh/target.ts';

describe('a configuration of OpenSSH', () => {
  let home: string;
  const path = (name: string) => join(home, '.ssh', name);

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-config-'));
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  const read = async (files: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(path(name)), { recursive: true });
      await writeFile(path(name), text);
    }
    return readSshConfig(path('config'), home);
  };

  it('is read by patterns, the first value counts, and keys add up', async () => {
    const config = await read({
      config: [
        'Host 198.51.100.* !198.51.100.66',
        '  User first',
        '  Port 2222',
        '  IdentityFile ~/.ssh/one',
        'Host 198.51.100.1?',
        '  User second',
        '  IdentityFile "~/.ssh/two words"',
        'Host *',
        '  Port 22',
        '  HashKnownHosts yes',
      ].join('\n'),
    });
    const found = config.of('198.51.100.10');
    assert.deepEqual([found.user, found.port, found.hashKnownHosts], ['first', 2222, true]);
    assert.deepEqual(found.identityFiles, [path('one'), path('two words')]);
    assert.equal(config.of('198.51.100.66').user, undefined);
    assert.equal(config.of('198.51.100.66').port, 22);
  });

  for (const [what, written, expected] of [
    [
      '1Password’s socket',
      '"~/Library/Group Containers/2BUA8C4S2C.com.1password/t/agent.sock"',
      '/Library/Group Containers/2BUA8C4S2C.com.1password/t/agent.sock',
    ],
    ['a socket of a home', '~/.1password/agent.sock', '/.1password/agent.sock'],
  ] as const) {
    it(`asks ${what} where IdentityAgent names it`, async () => {
      const config = await read({ config: `Host *\n  IdentityAgent ${written}\n` });
      assert.equal(targetOf(config, { host: 'h', user: 'u', agent: 'other' }).agent, `${home}${expected}`);
    });
  }

  it('asks a pipe of Windows, the agent of the environment, or none', async () => {
    const agentOf = async (value: string) =>
      targetOf(await read({ config: `IdentityAgent ${value}\n` }), { host: 'h', user: 'u', agent: 'mine' })
        .agent;
    assert.equal(await agentOf('\\\\.\\pipe\\openssh-ssh-agent'), '\\\\.\\pipe\\openssh-ssh-agent');
    assert.equal(await agentOf('none'), undefined);
    const before = process.env['SSH_AUTH_SOCK'];
    process.env['SSH_AUTH_SOCK'] = '/run/agent';
    try {
      assert.equal(await agentOf('SSH_AUTH_SOCK'), '/run/agent');
    } finally {
      if (before === undefined) Reflect.deleteProperty(process.env, 'SSH_AUTH_SOCK');
      else process.env['SSH_AUTH_SOCK'] = before;
    }
  });

  it('leads through bastions, each with what is said of it, and past them where it says none', async () => {
    const config = await read({
      config: [
        'Host direct',
        '  ProxyJump none',
        'Host outer',
        '  HostName 203.0.113.1',
        '  Port 2222',
        'Host inner?',
        '  ProxyJump outer,me@middle:2200',
        'Host *',
        '  User everybody',
      ].join('\n'),
    });
    const { via } = targetOf(config, { host: 'inner1', user: 'u' });
    assert.deepEqual([via?.host, via?.port, via?.user], ['middle', 2200, 'me']);
    assert.deepEqual([via?.via?.host, via?.via?.port, via?.via?.user], ['203.0.113.1', 2222, 'everybody']);
    assert.equal(targetOf(config, { host: 'direct', user: 'u' }).via, undefined);
  });

  it('goes on with CRLF, a BOM and lines that are wrong, and names each by its file and line', async () => {
    const config = await read({
      config:
        '\uFEFFInclude extra/*.conf\r\nInclude none\r\nHost "unclosed\r\nPort\r\nHost 198.51.100.10\r\n  User root\r\n' +
        "  IdentityFile 'unclosed\r\n  Port 99999\r\n  Port 22 23\r\n  Port abc\r\n",
      'extra/a.conf': 'Host 198.51.100.*\r\n  \u0000\u0001\u0002\r\n  Port 2222\r\n',
      'extra/b.conf': '東京\n  IdentitiesOnly yes\n',
    });
    assert.deepEqual(
      config.problems.map(({ path: file, line }) => [file, line]).sort(),
      [
        [path('config'), 3],
        [path('config'), 4],
        ...[7, 8, 9, 10].map((line) => [path('config'), line]),
        [path('extra/a.conf'), 2],
        [path('extra/b.conf'), 1],
      ].sort(),
    );
    const { user, port } = config.of('198.51.100.10');
    assert.deepEqual([user, port], ['root', 2222]);
  });

  it('ends where files include each other, however often', async () => {
    const config = await read({
      config: 'Include config\nInclude a\nInclude a\nHost *\n  User me\n',
      a: 'Include b\nInclude b\nInclude config\n',
      b: 'Include a\nInclude a\n  Port 2222\n',
    });
    assert.equal(config.of('h').user, 'me');
  });
});
