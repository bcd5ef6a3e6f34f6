import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { keep, usesPrivateKey } from '../../lab/kept.ts';
import { run } from './command.ts';
import { sshdProgram } from './sshdProgram.ts';

/** A real sshd on loopback, with keys of its own and the given lines added to its configuration. */
export interface TestSshd {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** A directory of the test's own, removed at the end. */
  readonly directory: string;
  /** A private key that may log in. */
  readonly keyFile: string;
  /** Cuts every connection at once, as a crash would. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** What a test may want to be different. */
export interface SshdOptions {
  readonly config?: readonly string[];
  readonly port?: number;
  /** An address of loopback; 127.0.0.1 unless given. */
  readonly address?: string;
  /** Whose name is logged in with; root unless given. */
  readonly user?: string;
}

/** Starts Debian's own sshd in the foreground on a free port of loopback. */
export async function startSshd(options: SshdOptions = {}): Promise<TestSshd> {
  const { config = [], port, address = '127.0.0.1', user = 'root' } = options;
  const directory = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-sshd-'));
  await chmod(directory, 0o755);
  const hostKey = join(directory, 'host_key');
  const keyFile = join(directory, 'id');
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', hostKey]);
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', keyFile]);
  const listen = port ?? (await freePort());
  usesPrivateKey(keyFile);
  usesPrivateKey(hostKey);
  const configFile = join(directory, 'sshd_config');
  await writeFile(
    configFile,
    [
      ...config,
      `Port ${listen}`,
      `ListenAddress ${address}`,
      `HostKey ${hostKey}`,
      // Read anew for each connection; it is there where a test has the key signed.
      `HostCertificate ${hostKey}-cert.pub`,
      `AuthorizedKeysFile ${keyFile}.pub`,
      'PidFile none',
      'PasswordAuthentication no',
      'StrictModes no',
      'UsePAM no',
      '',
    ].join('\n'),
  );
  const { command, args, env } = await sshdProgram(directory, configFile);
  const process = spawn(command, args, { env, stdio: 'ignore', detached: true });
  await answers(address, listen);
  return {
    host: address,
    port: listen,
    user,
    directory,
    keyFile,
    kill: () => endWithChildren(process),
    stop: async () => {
      await endWithChildren(process);
      keep(join(directory, 'known_hosts'));
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** A TCP port of loopback that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Ends sshd and the sessions that it forked, by the ids of its own children. */
async function endWithChildren(process: ChildProcess): Promise<void> {
  const { pid } = process;
  if (pid === undefined || process.exitCode !== null || process.signalCode !== null) return;
  const gone = new Promise((resolve) => process.once('exit', resolve));
  for (const child of await descendants(pid)) kill(child);
  process.kill('SIGKILL');
  await gone;
}

async function descendants(pid: number): Promise<number[]> {
  const { stdout } = await run('ps', ['-o', 'pid=', '--ppid', String(pid)], { mayFail: true });
  const children = stdout.split(/\s+/).filter(Boolean).map(Number);
  return [...children, ...(await Promise.all(children.map(descendants))).flat()];
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}

async function answers(address: string, port: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (await takesConnection(address, port)) return;
    await sleep(50);
  }
  throw new Error(`sshd does not answer on port ${port}`);
}

function takesConnection(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, address, () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => {
      resolve(false);
    });
  });
}
