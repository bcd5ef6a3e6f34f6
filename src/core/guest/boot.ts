import { setTimeout as sleep } from 'node:timers/promises';
import { isExpected } from '../base/errors.ts';
import type { GuestOperation, OpenShell } from '../ssh/shell.ts';

const PAUSE_MILLISECONDS = 1_000;
/** One try must not wait for the whole of a boot: the system answers as soon as it can. */
const TRY_MILLISECONDS = 10_000;

const readBoot: GuestOperation<string> = {
  name: 'read which boot this is',
  script: 'cat /proc/sys/kernel/random/boot_id',
  asRoot: false,
  parse: ({ stdout }) => stdout.toString('utf8').trim(),
};

/** Which boot a guest is in, as its kernel names it: another after each. */
export async function bootOf(open: OpenShell, signal?: AbortSignal): Promise<string> {
  const shell = await open(signal);
  try {
    return await shell.run(readBoot, signal === undefined ? {} : { signal });
  } finally {
    shell.close();
  }
}

/** How long a boot is waited for. */
export interface BootWait {
  readonly milliseconds: number;
  readonly signal: AbortSignal;
}

/** Waits until a guest answers in another boot than `before`; whether it did within its time. */
export async function waitForBoot(
  open: OpenShell,
  before: string | undefined,
  { milliseconds, signal }: BootWait,
): Promise<boolean> {
  const end = performance.now() + milliseconds;
  while (performance.now() < end) {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(TRY_MILLISECONDS)]);
    try {
      if ((await bootOf(open, limit)) !== before) return true;
    } catch (error) {
      signal.throwIfAborted();
      // One that is going down refuses in any way that there is; a wrong key stays wrong.
      if (!limit.aborted && !(isExpected(error) && booting.has(error.code))) throw error;
    }
    await sleep(PAUSE_MILLISECONDS, undefined, { signal });
  }
  return false;
}

const booting = new Set<string>([
  'ssh.noAnswer',
  'ssh.refused',
  'ssh.connectionLost',
  'ssh.loginRefused',
  'ssh.securityKey',
  'ssh.commandFailed',
]);
