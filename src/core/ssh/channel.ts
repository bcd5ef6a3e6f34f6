import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, ClientChannel } from 'ssh2';
import type { CommandResult } from './shell.ts';
import { MarkedOutput } from './wrap.ts';
import type { WrappedScript } from './wrap.ts';

/** One run of a wrapped script on a channel of its own. */
export interface ChannelRun {
  readonly wrapped: WrappedScript;
  readonly marker: string;
  /** Whether standard input stays open, so that its end tells the script that the caller is gone. */
  readonly holdInput: boolean;
  readonly signal: AbortSignal;
  readonly onLine?: ((line: string) => void) | undefined;
  /** Told as soon as the script has begun. */
  readonly onStart?: () => void;
}

/** How a script ended, and whether it had begun. */
export interface ChannelResult {
  readonly result: CommandResult;
  readonly started: boolean;
}

/** Runs a script over a connection; the signal closes the channel and rejects at once. */
export async function runOnChannel(client: Client, run: ChannelRun): Promise<ChannelResult> {
  run.signal.throwIfAborted();
  const channel = await openPatiently(client, run.wrapped.command, run.signal);
  return new Promise((resolve, reject) => {
    const output = new MarkedOutput(run.marker, run.onLine);
    const errors: Buffer[] = [];
    let code = -1;
    let begun = false;
    const abort = () => {
      channel.close();
      reject(asError(run.signal.reason));
    };
    run.signal.addEventListener('abort', abort, { once: true });
    channel.on('data', (chunk: Buffer) => {
      output.push(chunk);
      if (begun || !output.started) return;
      begun = true;
      run.onStart?.();
    });
    channel.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    channel.on('exit', (exitCode: number | null, signalName?: string) => {
      code = exitCode ?? 128 + signalNumber(signalName);
    });
    channel.on('error', reject);
    channel.on('close', () => {
      run.signal.removeEventListener('abort', abort);
      const stderr = Buffer.concat(errors).toString('utf8');
      resolve({ result: output.result(code, stderr), started: output.started });
    });
    if (run.holdInput) channel.write(run.wrapped.input);
    else channel.end(run.wrapped.input);
  });
}

/** How long a channel that sshd will not open yet is asked for again, in milliseconds. */
const patience = 10_000;

/**
 * Opens a channel, again where sshd refuses one: it counts a session until it has reaped its process, a moment
 * after we saw it end, and may allow fewer than we want at once. Nothing has run then.
 */
async function openPatiently(client: Client, command: string, signal: AbortSignal): Promise<ClientChannel> {
  const deadline = performance.now() + patience;
  for (let pause = 20; ; pause = Math.min(2 * pause, 500)) {
    try {
      return await openChannel(client, command, signal);
    } catch (error) {
      if (signal.aborted || !isOpenFailure(error) || performance.now() > deadline) throw error;
    }
    await sleep(pause, undefined, { signal });
  }
}

/** ssh2 gives the server's reason code with a channel that was refused, and with no other error. */
function isOpenFailure(error: unknown): boolean {
  return error instanceof Error && 'reason' in error;
}

/** Opens a channel; where the signal comes first, whatever opens later is closed again. */
function openChannel(client: Client, command: string, signal: AbortSignal): Promise<ClientChannel> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      reject(asError(signal.reason));
    };
    signal.addEventListener('abort', abort, { once: true });
    client.exec(command, (error, channel) => {
      signal.removeEventListener('abort', abort);
      if (error !== undefined) reject(error);
      else if (signal.aborted) channel.close();
      else resolve(channel);
    });
  });
}

function signalNumber(name: string | undefined): number {
  const known: Readonly<Record<string, number>> = constants.signals;
  return known[name ?? ''] ?? known[`SIG${name ?? ''}`] ?? 0;
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
