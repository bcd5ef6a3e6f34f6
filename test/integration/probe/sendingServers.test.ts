import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, copyFile, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { mailBindings } from '../../../src/core/diagnose/mail/bindings.ts';
import { libraryFolders, unpackedPackage } from '../debianPackage.ts';
import { type SmtpSink, startSmtpSink } from './smtpSink.ts';

const exec = promisify(execFile);

const senders = [
  { address: '127.0.0.3', helo: 'mail3.example.com' },
  { address: '127.0.0.4', helo: 'mail4.example.com' },
];

/** Users that a server insists on, which only it and its children see; then runs what comes after them. */
const WITH_USERS = `set -e
for each in $2; do
  echo "$each:x:65531:65531::/nonexistent:/usr/sbin/nologin"
done | cat /etc/passwd - > "$1/passwd"
for each in $2; do echo "$each:x:65531:"; done | cat /etc/group - > "$1/group"
mount --bind "$1/passwd" /etc/passwd
mount --bind "$1/group" /etc/group
shift 2
exec "$@"`;

describe('mail servers with the settings that bind them', function () {
  this.timeout(60_000);
  let directory: string;
  let sink: SmtpSink;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-mail-'));
    await chmod(directory, 0o755);
    sink = await startSmtpSink();
  });

  afterEach(async () => {
    await sink[Symbol.asyncDispose]();
    await rm(directory, { recursive: true, force: true });
  });

  /** Copies what these packages hold to where every user can read it. */
  const librariesOf = async (...packages: readonly string[]): Promise<string> => {
    const libraries = join(directory, 'lib');
    await mkdir(libraries);
    const folders = (await Promise.all(packages.map(unpackedPackage))).flatMap(libraryFolders);
    for (const folder of folders.filter(existsSync))
      await cp(folder, libraries, { recursive: true, dereference: true });
    return libraries;
  };
  const withUsers = (users: string, ...command: readonly string[]): string[] => [
    ...['--mount', 'sh', '-c', WITH_USERS, 'users', directory, users],
    ...command,
  ];

  it('Exim leaves from the first address, or from its sender’s own, and greets with the name of each', async () => {
    const server = await unpackedPackage('exim4-daemon-light');
    const needs = ['libdb5.3', 'libevent-2.1-7', 'libgnutls-dane0', 'libidn12', 'libnsl2', 'libunbound8'];
    const libraries = await librariesOf(...needs);
    const exim = join(directory, 'exim');
    // A copy is not setuid, so that it takes libraries that are not installed.
    await copyFile(join(server, 'usr/sbin/exim4'), `${exim}4`);
    await chmod(`${exim}4`, 0o755);
    const program = `#!/bin/sh\nLD_LIBRARY_PATH=${libraries} exec ${exim}4 "$@"\n`;
    await writeFile(exim, program, { mode: 0o755 });
    const spool = join(directory, 'spool');
    await mkdir(spool);
    await chmod(spool, 0o777);
    const [transport = '', helo = ''] = mailBindings('exim', senders)
      .replaceAll('/etc/exim4/', `${directory}/`)
      .split('\n\n');
    await writeFile(join(directory, 'helo'), helo);
    await writeFile(join(directory, 'interfaces'), 'four.example.com: 127.0.0.4\n');
    const config = join(directory, 'exim.conf');
    const sent = async (sender: string, settings: string) => {
      await writeFile(config, eximConfig({ exim, spool, port: sink.port, settings }));
      const send = [exim, '-C', config, '-odf', '-oi', '-f', sender, 'somebody@sink.test'];
      const sending = exec('unshare', withUsers('Debian-exim', ...send));
      sending.child.stdin?.end('Subject: a message\n\nwith a line\n');
      await sending;
      return await sink.next();
    };
    const [third, fourth] = senders.map(({ address, helo: name }) => ({ from: address, helo: name }));
    assert.deepEqual(await sent('one@three.example.com', transport), third);
    // The other way that the comment offers.
    const byDomain = transport.replace(/^interface = .*\n/m, '').replace('# interface', 'interface');
    assert.deepEqual(await sent('one@three.example.com', byDomain), third);
    assert.deepEqual(await sent('one@four.example.com', byDomain), fourth);
  });

  it('OpenSMTPD leaves from the address of each action, and greets with its name', async () => {
    const server = await unpackedPackage('opensmtpd');
    const libraries = await librariesOf('libdb5.3', 'libevent-2.1-7');
    const port = await freePort();
    const actions = mailBindings('openSmtpd', senders);
    const config = join(directory, 'smtpd.conf');
    const lines = [
      `listen on 127.0.0.1 port ${port}`,
      // Instead of looking up who takes the mail of a domain.
      actions.replaceAll(' relay ', ` relay host smtp://127.0.0.1:${sink.port} `),
      'match from any mail-from "@three.example.com" for any action "out-127-0-0-3"',
      'match from any mail-from "@four.example.com" for any action "out-127-0-0-4"',
      '',
    ];
    await writeFile(config, lines.join('\n'));
    const ownFolders = `mount -t tmpfs none /var/spool; mount -t tmpfs none /run; mount -t tmpfs none /var/lib
mkdir -p -m 711 /var/spool/smtpd /var/lib/opensmtpd/empty; exec "$0" -d -f "$1"`;
    const daemon = ['sh', '-c', ownFolders, join(server, 'usr/sbin/smtpd'), config];
    const args = ['--kill-child', '--fork', '--pid', ...withUsers('opensmtpd opensmtpq', ...daemon)];
    const smtpd = spawn('unshare', args, {
      stdio: 'ignore',
      env: { ...process.env, LD_LIBRARY_PATH: libraries },
    });
    try {
      await accepting(port, smtpd);
      for (const { address: from, helo } of senders) {
        await deliver(port, `one@${from.endsWith('3') ? 'three' : 'four'}.example.com`);
        assert.deepEqual(await sink.next(), { from, helo });
      }
    } finally {
      smtpd.kill('SIGKILL');
      if (smtpd.exitCode === null && smtpd.signalCode === null) await once(smtpd, 'exit');
    }
  });
});

function eximConfig(its: {
  readonly exim: string;
  readonly spool: string;
  readonly port: number;
  readonly settings: string;
}): string {
  return `primary_hostname = mail.example.com
exim_path = ${its.exim}
spool_directory = ${its.spool}
log_file_path = ${its.spool}/%slog
keep_environment =
begin routers
out:
  driver = manualroute
  transport = remote_smtp
  route_list = * 127.0.0.1 byname
  self = send
begin transports
remote_smtp:
  driver = smtp
  port = ${its.port}
${its.settings}
`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function accepting(port: number, server: ChildProcess): Promise<void> {
  for (;;) {
    assert.equal(server.exitCode, null, 'the server has ended');
    const socket = connect(port, '127.0.0.1');
    const [isOpen] = await Promise.race([
      once(socket, 'connect').then(() => [true]),
      once(socket, 'error').then(() => [false]),
    ]).catch(() => [false]);
    socket.destroy();
    if (isOpen === true) return;
    await sleep(50);
  }
}

/** Hands a message to a server, a line for each of its answers. */
async function deliver(port: number, from: string): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  const lines = [
    'HELO client.test',
    `MAIL FROM:<${from}>`,
    'RCPT TO:<somebody@sink.test>',
    'DATA',
    'Subject: a message\r\n\r\nwith a line\r\n.',
    'QUIT',
  ];
  for (const line of lines) {
    const [answer] = (await once(socket, 'data')) as [Buffer];
    assert.match(answer.toString(), /^[23]/, line);
    socket.write(`${line}\r\n`);
  }
  socket.resume();
  await once(socket, 'close');
}
