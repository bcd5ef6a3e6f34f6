import { CoreError, isCoreError, isExpected } from '../../base/errors.ts';
import type { KeptConnection } from '../../ssh/keptConnection.ts';
import type { GuestOperation, GuestShell, OpenShell } from '../../ssh/shell.ts';
import type { ConfigureGuest } from '../configureGuest.ts';
import { readAnswer } from './answers.ts';
import type { Answer } from './answers.ts';
import { confirmScript } from './confirm.ts';
import { prepareScript } from './prepare.ts';
import { proveThrough } from './proveThrough.ts';
import { takeBack } from './takeBack.ts';
import { openWindow } from './window.ts';
import type { ConfirmationWindow } from './window.ts';

/** What a transaction is carried out with. */
export interface TransactionOptions {
  /** Names the transaction on the guest: letters, digits and hyphens. */
  readonly transaction: string;
  /** Makes connections; the change is confirmed over one that did not exist before. */
  readonly open: OpenShell;
  /** Has the connection that the guest was read over, which is gone on with where it is still there. */
  readonly kept?: Pick<KeptConnection, 'resume'> | undefined;
  /** Makes connections through one of the instance's Elastic IPs; without it only `open` confirms. */
  readonly openThrough?: ((publicIp: string) => OpenShell) | undefined;
  /** After how long the guest puts itself back unless the change is confirmed; 60. */
  readonly revertSeconds?: number;
  /** Told when the time to confirm begins, and with `undefined` when it is over. */
  readonly onWindow?: ((window: ConfirmationWindow | undefined) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Carries a change of a guest out such that the guest cannot be lost by it.
 *
 * Two round trips, for any number of addresses. Throws the `guest.*` and `ssh.*` errors; then the guest is as
 * it was, or will be once its timer has run out.
 */
export async function applyGuestChange(change: ConfigureGuest, options: TransactionOptions): Promise<void> {
  const { open, kept, signal, transaction, revertSeconds = 60 } = options;
  const first = await (kept?.resume ?? open)(signal);
  try {
    const script = prepareScript(transaction, change, revertSeconds);
    const prepare = operation('prepare the network change', script, change);
    const answer = await first
      .run(prepare, signal === undefined ? {} : { signal })
      .catch((cause: unknown) => {
        throw lostMidway(cause, first.host);
      });
    if (answer === 'done') return;
    await confirmOrTakeBack(change, options, first);
  } finally {
    first.close();
  }
}

/** A connection that ended in the first half: the guest's timer is armed, or nothing was changed yet. */
function lostMidway(cause: unknown, host: string): unknown {
  return isCoreError(cause, 'ssh.connectionLost') ? leftToTimer(cause, host) : cause;
}

async function confirmOrTakeBack(
  change: ConfigureGuest,
  options: TransactionOptions,
  first: GuestShell,
): Promise<void> {
  const { signal, revertSeconds = 60, onWindow, transaction } = options;
  const { window, pressed, end } = openWindow(revertSeconds, first.host);
  onWindow?.(window);
  try {
    await confirm(change, options, AbortSignal.any([pressed, ...(signal ? [signal] : [])]));
  } catch (cause) {
    if (isOver(cause)) throw cause;
    const state = await takeBack(first, transaction);
    // Only the answer to the confirmation was lost.
    if (state === 'confirmed') return;
    throw state === 'reverted' ? afterTakingBack(cause, first.host) : leftToTimer(cause, first.host);
  } finally {
    end();
    onWindow?.(undefined);
  }
}

/** Whether the guest itself has said that the change is taken back already. */
function isOver(cause: unknown): boolean {
  if (!isExpected(cause) || !cause.code.startsWith('guest.')) return false;
  return cause.code !== 'guest.arrivedElsewhere' && cause.code !== 'guest.revertedByUser';
}

function afterTakingBack(cause: unknown, host: string): unknown {
  // A cancel, and what tells by itself that the guest is as it was, need no other words.
  if (!isExpected(cause) || cause.code.startsWith('guest.')) return cause;
  return new CoreError('guest.takenBack', { host, reason: cause.code }, { cause });
}

function leftToTimer(cause: unknown, host: string): CoreError {
  const reason = isExpected(cause) ? cause.code : String(cause);
  return new CoreError('guest.reverted', { host, reason }, { cause });
}

async function confirm(
  change: ConfigureGuest,
  { open, openThrough, transaction }: TransactionOptions,
  signal: AbortSignal,
): Promise<void> {
  const second = await open(signal);
  try {
    if (openThrough !== undefined) await proveThrough(change, openThrough, signal);
    signal.throwIfAborted();
    const script = confirmScript(transaction, change);
    // What has been sent is waited for: it may have been done by the time that the signal comes.
    const answer = await second.run(operation('confirm the network change', script, change));
    if (answer === 'reverted') throw new CoreError('guest.reverted', { host: second.host, reason: 'timer' });
  } finally {
    second.close();
  }
}

function operation(name: string, script: string, change: ConfigureGuest): GuestOperation<Answer> {
  return {
    name,
    script,
    asRoot: true,
    parse: (result) => readAnswer(name, change.interface, result),
  };
}
