import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { keep } from '../kept.ts';
import { forwardToSocket, type Forwarder } from './forwarder.ts';
import { installVsCode, type Log } from './install.ts';
import { addJapanese } from './languagePack.ts';
import { writeInstalled, writeSettings, type Settings } from './settings.ts';

/** What VS Code's display language can be here. */
export type Locale = 'en' | 'ja';

/** How a server is started. All paths are absolute. */
export interface ServerOptions {
  /** The folder that the window opens. */
  folder: string;
  /** An extension's folder, installed as users have it: with notifications, without development host. */
  extension?: string;
  /**
   * Lets a window load an extension for development and run tests in it (`runHostTests`). VS Code shows no
   * notifications then, so UI tests and people do without.
   */
  driver?: boolean;
  /** Where the server keeps settings and state; a temporary directory, deleted at the end, if not given. */
  serverDataDirectory?: string;
  /** The user's settings, on top of quiet ones. */
  settings?: Settings;
  /** Environment variables on top of this process's own; what the extension sees. */
  env?: Readonly<Record<string, string>>;
  /** Arguments before the server's, such as `['nsenter', '--net=/run/netns/operator']`; must exec, not fork. */
  spawnPrefix?: readonly string[];
  /** Whether a folder is trusted only after a person says so; otherwise all are. */
  restricted?: boolean;
  /** Default `en`. */
  locale?: Locale;
  log: Log;
}

/** A running server. */
export interface VsCodeServer {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  /** The address that a person opens: the folder, in whichever browser. */
  readonly url: string;
  /** Ends the server and everything that it started, and deletes its temporary files. Never rejects. */
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 60_000;

/** The variables by which a VS Code tells its children who they are; a server must not take itself for one. */
const INHERITED = /^(VSCODE_|ELECTRON_|CODE_SERVER_|NODE_OPTIONS$)/;

/**
 * Starts a real VS Code as a server, installing it first where it is missing. It ends with this process, even
 * if that is killed.
 * @throws Error with the end of the server's output if it does not listen within a minute.
 */
export async function startVsCode(options: ServerOptions): Promise<VsCodeServer> {
  const main = await installVsCode(options.log);
  const temporary = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-vscode-'));
  const data = options.serverDataDirectory ?? join(temporary, 'data');
  const locale = options.locale ?? 'en';
  await writeSettings(data, options.settings ?? {});
  if (options.extension !== undefined) await writeInstalled(data, options.extension);
  if (locale === 'ja') await addJapanese(data, options.log);

  const socket = options.spawnPrefix && join(temporary, 'socket');
  const child = spawnServer(main, options, [
    ...(socket ? ['--socket-path', socket] : ['--host', '127.0.0.1', '--port', '0']),
    ...['--server-data-dir', data, '--locale', locale],
    ...(options.driver ? ['--enable-smoke-test-driver'] : []),
  ]);
  const ended = new Promise<void>((resolve) =>
    child.once('close', () => {
      resolve();
    }),
  );
  let forwarder: Forwarder | undefined;
  const stop = async (): Promise<void> => {
    await forwarder?.close();
    killGroup(child);
    await ended;
    for (const name of ['logs', 'User', 'Machine']) keep(join(data, 'data', name));
    await rm(temporary, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const listening = await waitUntilListening(child, socket);
    if (socket !== undefined) forwarder = await forwardToSocket(socket);
    const origin = `http://127.0.0.1:${forwarder?.port ?? listening}`;
    return { origin, url: `${origin}/?folder=${encodeURIComponent(options.folder)}`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function spawnServer(main: string, options: ServerOptions, args: readonly string[]): ChildProcess {
  const preload = new URL('dieWithParent.mjs', import.meta.url).href;
  const [command = process.execPath, ...rest] = [
    ...(options.spawnPrefix ?? []),
    ...[process.execPath, '--import', preload, main],
    ...['--without-connection-token', '--accept-server-license-terms'],
    ...['--telemetry-level', 'off'],
    ...(options.restricted === true ? [] : ['--disable-workspace-trust']),
    ...args,
  ];
  const own = Object.entries(process.env).filter(([name]) => !INHERITED.test(name));
  return spawn(command, rest, {
    cwd: options.folder,
    // Without a gallery the server asks no one on the internet for anything.
    env: { ...Object.fromEntries(own), EXTENSIONS_GALLERY: '{}', ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    // A process group of its own, so that Ctrl-C reaches it by an orderly stop and that nothing of it stays.
    detached: true,
  });
}

/** Resolves to the port, or to what the server calls its socket. */
async function waitUntilListening(child: ChildProcess, socket: string | undefined): Promise<string> {
  let output = '';
  let failure: string | undefined;
  const read = (data: Buffer): void => {
    output = (output + data.toString()).slice(-20_000);
  };
  child.stdout?.on('data', read);
  child.stderr?.on('data', read);
  child.once('error', (error) => (failure = error.message));
  child.once('exit', (code) => (failure = `it ended with code ${code ?? 'none'}`));
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const port = /agent listening on (\S+)/.exec(output)?.[1];
    if (port !== undefined && (socket === undefined || existsSync(socket))) return port;
    if (Date.now() > deadline) failure ??= 'it did not listen within a minute';
    if (failure !== undefined) throw new Error(`VS Code did not start: ${failure}\n${output.slice(-2000)}`);
    await sleep(50);
  }
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nothing of the group is left.
  }
}
