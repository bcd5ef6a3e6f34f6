import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

/** More than any credentials take. */
const MOST = 1024 * 1024;

/** Told how a process ended. */
export type ProcessDone = (error: Error | null, output?: { readonly stdout: string }) => void;

/** Starts a `credential_process`, which ends with the signal, and whatever it has started too. */
export function startProcess(command: string, signal: AbortSignal | undefined, done: ProcessDone): void {
  const isWindows = process.platform === 'win32';
  // A group of its own, so that all of it can be ended; nobody is there to answer a question of it.
  const child = spawn(command, {
    shell: true,
    detached: !isWindows,
    windowsHide: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let stdout = '';
  const stop = () => {
    endAll(child);
  };
  const settle: ProcessDone = (error, output) => {
    signal?.removeEventListener('abort', stop);
    done(error, output);
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    if (stdout.length > MOST) stop();
  });
  child.once('error', settle);
  child.once('close', (code) => {
    // What it printed stays out of the error: that may be half a secret.
    if (code === 0) settle(null, { stdout });
    else settle(new Error(`credential_process ended with ${String(code)}`));
  });
  if (signal?.aborted === true) stop();
  else signal?.addEventListener('abort', stop, { once: true });
}

/** Ends a process and all that it has started. */
function endAll(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true }).on(
      'error',
      () => child.kill(),
    );
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}
