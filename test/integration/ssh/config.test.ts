import assert from 'node:assert/strict';
import { mkdtemp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSshConfig } from '../../../src/core/ssh/config.ts';
import type { SshConfig } from '../../../src/core/ssh/config.ts';
import { run } from './command.ts';

/** A configuration with what people write in such; `{}` is the folder that it is in. */
const CONFIG = `
Include {}/inc/*.conf
Host plain
  HostName 198.51.100.1
  User u1
Host tokens
  HostName %h.example.com
Match originalhost orig user someone
  Port 2208
Host orig
  HostName 198.51.100.7
Match user root host *.root
  Port 2210
Match host !198.51.100.9,198.51.100.*
  IdentityFile {}/negated
Host two
  ProxyJump me@a.example:2222,b.example
Host nojump
  ProxyJump none
Host command
  ProxyCommand nc %h %p
Host jump-first*
  ProxyJump first.example
Host jump-first*
  ProxyCommand nc %h %p
Host command-first*
  ProxyCommand nc %h %p
Host command-first*
  ProxyJump second.example
Host *-command-none
  ProxyCommand none
Host *-command-none
  ProxyJump third.example
Host *-jump-none
  ProxyJump none
Host *-jump-none
  ProxyCommand nc %h %p
Host twice
  ProxyJump one.example
Host twice
  ProxyJump two.example
Host eq
  Port=2222
  User = "with space"
  IdentityFile="{}/my key"
Host agent-none
  IdentityAgent none
Host agent-home
  IdentityAgent ~/agent.sock
Host agent-words
  IdentityAgent "~/Library/Group Containers/x/agent.sock"
Host many ?one !none* [x]
  IdentityFile {}/k1
  IdentityFile {}/k2
  IdentityFile none
Host CaSe
  Port 2233
Host comment # trailing
  Port 2244 # trailing
Host\ttab1\t tab2
\tPort\t2255
Host 'ticks' "quotes"
  IdentityFile '{}/it is'
  User 'one'
Host escaped
  IdentityFile {}/my\\ key
  User domain\\user
Host hash#1 # trailing
  IdentityFile {}/k#1 # trailing
  IdentityFile "{}/k #2"
Host doubled
  IdentityFile {}/k1
  IdentityFile {}/k1
Host a-command
  ProxyCommand sh -c 'nc %h %p # not a comment'
Match originalhost not* !host not2,not3* !user root
  Port 1
Match originalhost not* !host not2,not3*
  Port 2266
Host port-by-name
  Port ssh
Host alias
  HostKeyAlias stable.example
  UserKnownHostsFile {}/kh1 {}/kh2
Match all
  IdentitiesOnly yes
Host *
  User fallback
  Port 2022
  HashKnownHosts yes
`;

const INCLUDED: Readonly<Record<string, string>> = {
  '10-a.conf': 'Host inc*\n  Port 2201\n  User included\n',
  '20-b.conf': 'Host inc2\n  Port 2299\n  IdentityFile {}/key-of-inc2\n',
  'not-included': 'Host *\n  Port 1\n',
};

const HOSTS = [
  ...['plain', 'tokens', '198.51.100.9', '198.51.100.8', 'orig', 'x.root', 'two', 'nojump', 'command', 'eq'],
  ...['agent-none', 'agent-home', 'agent-words', 'many', 'zone', 'none1', 'case', 'comment', 'alias'],
  ...['inc1', 'inc2', 'other', 'jump-first', 'command-first', 'x-command-none', 'x-jump-none', 'twice'],
  ...[
    'tab1',
    'tab2',
    'ticks',
    'quotes',
    'escaped',
    'hash#1',
    'doubled',
    'a-command',
    'not1',
    'not2',
    'not31',
  ],
  ...['port-by-name'],
  ...['jump-first-command-none', 'jump-first-jump-none', 'command-first-command-none'],
];

describe('a configuration of OpenSSH, beside OpenSSH’s own reading of it', () => {
  let directory: string;
  let config: SshConfig;
  const filled = (text: string) => text.replaceAll('{}', directory);

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-ssh-config-'));
    await mkdir(join(directory, 'inc'));
    for (const [name, text] of Object.entries(INCLUDED)) {
      await writeFile(join(directory, 'inc', name), filled(text));
    }
    await writeFile(join(directory, 'config'), filled(CONFIG));
    config = await readSshConfig(join(directory, 'config'), homedir());
    assert.deepEqual(config.problems, []);
  });
  after(() => rm(directory, { recursive: true, force: true }));

  /** What `ssh` would do, in our words. */
  const theirs = async (host: string) => {
    const { stdout } = await run('ssh', ['-G', '-F', join(directory, 'config'), host]);
    const all = (key: string) =>
      stdout.split('\n').flatMap((line) => (line.startsWith(`${key} `) ? [line.slice(key.length + 1)] : []));
    const one = (key: string) => all(key)[0];
    return {
      hostName: one('hostname'),
      port: Number(one('port')),
      user: one('user'),
      // Where none is named, it lists those that it would try.
      identityFiles: all('identityfile').filter((file) => !file.startsWith('~/.ssh/id_')),
      identitiesOnly: one('identitiesonly') === 'yes',
      identityAgent: one('identityagent'),
      proxyJump: one('proxyjump')?.split(',') ?? [],
      hasProxyCommand: one('proxycommand') !== undefined,
      knownHosts: one('userknownhostsfile')?.replaceAll('~', homedir()),
      hashKnownHosts: one('hashknownhosts') === 'yes',
      hostKeyAlias: one('hostkeyalias'),
    };
  };
  const ours = (host: string) => {
    const { knownHostsFiles, ...found } = config.of(host);
    return {
      ...{ identityAgent: undefined, hostKeyAlias: undefined },
      ...found,
      knownHosts: knownHostsFiles.slice(0, 2).join(' '),
    };
  };

  for (const host of HOSTS) {
    it(`says the same of ${host}`, async () => {
      assert.deepEqual(ours(host), await theirs(host));
    });
  }

  it('runs nothing that a Match line names', async () => {
    const mark = join(directory, 'executed');
    await writeFile(join(directory, 'exec'), `Match exec "touch ${mark}"\n  Port 9999\nHost *\n  Port 22\n`);
    assert.equal((await readSshConfig(join(directory, 'exec'), homedir())).of('x').port, 22);
    assert.ok(!(await readdir(directory)).includes('executed'));
  });
});
