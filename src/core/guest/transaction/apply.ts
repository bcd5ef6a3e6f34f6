import { CoreError } from '../../base/errors.ts';
import type { GuestOperation, GuestShell, OpenShell } from '../../ssh/shell.ts';
import type { ConfigureGuest } from '../configureGuest.ts';
import { readAnswer } from './answers.ts';
import type { Answer } from './answers.ts';
import { confirmScript } from './confirm.ts';
import { prepareScript } from './prepare.ts';

/** What a transaction is carried out with. */
export interface TransactionOptions {
  /** Names the transaction on the guest: letters, digits and hyphens. */
  readonly transaction: string;
  /** Makes connections; the change is confirmed over one that did not exist before. */
  readonly open: OpenShell;
  /** After how long the guest puts itself back unless the change is confirmed; 60. */
  readonly revertSeconds?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Carries a change of a guest out such that the guest cannot be lost by it.
 *
 * Two round trips, for any number of addresses. Throws the `guest.*` and `ssh.*` errors; then the guest is as
 * it was, or will be once its timer has run out.
 */
export async function applyGuestChange(change: ConfigureGuest, options: TransactionOptions): Promise<void> {
  const { open, signal, revertSeconds = 60 } = options;
  const first = await open(signal);
  try {
    const script = prepareScript(options.transaction, change, revertSeconds);
    const answer = await first.run(
      operation('prepare the network change', script, change),
      withSignal(signal),
    );
    if (answer === 'done') return;
    await confirm(change, options, first.host);
  } finally {
    first.close();
  }
}

async function confirm(change: ConfigureGuest, options: TransactionOptions, host: string): Promise<void> {
  const second = await reconnect(options, host);
  try {
    const script = confirmScript(options.transaction, change);
    const answer = await second.run(
      operation('confirm the network change', script, change),
      withSignal(options.signal),
    );
    if (answer === 'reverted') throw new CoreError('guest.reverted', { host, reason: 'timer' });
  } finally {
    second.close();
  }
}

async function reconnect({ open, signal }: TransactionOptions, host: string): Promise<GuestShell> {
  try {
    return await open(signal);
  } catch (cause) {
    if (signal?.aborted === true) throw cause;
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new CoreError('guest.reverted', { host, reason }, { cause });
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

function withSignal(signal: AbortSignal | undefined): { readonly signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
