import { AsyncLocalStorage } from 'node:async_hooks';
import { externalDataInterceptor } from '@smithy/core/config';
import type { ProcessDone } from './credentialProcess.ts';

/** Whose end the processes have that are started within. */
const running = new AsyncLocalStorage<AbortSignal>();

/**
 * Has the SDK start each `credential_process` so that it ends with the signal, and whatever it has started too;
 * the SDK itself gives nobody a handle on it.
 */
export function withProcessesEnded<T>(signal: AbortSignal, provide: () => Promise<T>): Promise<T> {
  // The SDK's own seam for how it starts one; typed for tokens alone.
  const seam = externalDataInterceptor.getTokenRecord() as Record<string, unknown>;
  seam['exec'] = start;
  return running.run(signal, provide);
}

/** Few profiles have one: what starts it is loaded with the first. */
function start(command: string, done: ProcessDone): void {
  const signal = running.getStore();
  import('./credentialProcess.ts').then(({ startProcess }) => {
    startProcess(command, signal, done);
  }, done);
}
