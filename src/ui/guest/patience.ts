import { setTimeout as sleep } from 'node:timers/promises';
import { isExpected } from '../../core/base/errors.ts';
import type { ErrorCode } from '../../core/base/errors.ts';
import type { GuestShell, OpenShell } from '../../core/ssh/shell.ts';

/** What a guest that is still booting looks like from outside. */
const booting = new Set<ErrorCode>(['ssh.noAnswer', 'ssh.refused', 'ssh.connectionLost']);
const patienceMilliseconds = 60_000;
const pauseMilliseconds = 2000;

/** Connects to a guest that may just be booting: tries for a minute, and tells of each try that failed. */
export async function openPatiently(
  open: OpenShell,
  signal: AbortSignal,
  onRetry: (error: Error) => void,
): Promise<GuestShell> {
  const end = performance.now() + patienceMilliseconds;
  for (;;) {
    try {
      return await open(signal);
    } catch (error) {
      const mayCome = isExpected(error) && booting.has(error.code);
      if (!mayCome || signal.aborted || performance.now() > end) throw error;
      onRetry(error);
      await sleep(pauseMilliseconds, undefined, { signal });
    }
  }
}
