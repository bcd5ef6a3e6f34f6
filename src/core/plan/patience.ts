import { setTimeout as sleep } from 'node:timers/promises';
import { isCoreError } from '../base/errors.ts';
import type { ChangeHandler, KnownInput, Step } from './handler.ts';
import type { ChangeKind, Outputs } from './plan.ts';

/** How long a change that EC2 will take a little later is tried again. */
export interface Patience {
  readonly firstMilliseconds: number;
  readonly longestMilliseconds: number;
  /** After this long the refusal is believed. */
  readonly totalMilliseconds: number;
}

/** EC2 may need up to a minute to see everywhere what was just made. */
export const DEFAULT_PATIENCE: Patience = {
  firstMilliseconds: 250,
  longestMilliseconds: 5_000,
  totalMilliseconds: 60_000,
};

/**
 * Performs a change, again where that is safe and sensible.
 *
 * Safe is what EC2 has refused: it was throttled, or is too early (`freshNeeds` says that the change needs
 * what was made moments ago). Where the answer was lost, the change is looked for and never repeated blindly.
 */
export async function performPatiently<K extends ChangeKind>(
  handler: ChangeHandler<K>,
  input: KnownInput<K>,
  step: Step,
  { patience, freshNeeds }: { readonly patience: Patience; readonly freshNeeds: boolean },
): Promise<Outputs> {
  const deadline = performance.now() + patience.totalMilliseconds;
  let pause = patience.firstMilliseconds;
  for (;;) {
    try {
      return await handler.perform(input, step);
    } catch (error) {
      if (isCoreError(error, 'aws.unreachable')) return await foundOr(error, handler, input, step);
      if (!isTooEarly(error, handler.notYet ?? [], freshNeeds) || performance.now() > deadline) throw error;
    }
    // Jitter, so that changes that were refused together do not come back together.
    await sleep(pause * (0.5 + Math.random() / 2), undefined, { signal: step.signal });
    pause = Math.min(pause * 2, patience.longestMilliseconds);
  }
}

async function foundOr<K extends ChangeKind>(
  error: unknown,
  handler: ChangeHandler<K>,
  input: KnownInput<K>,
  step: Step,
): Promise<Outputs> {
  const found = await handler.find(input, step).catch(() => undefined);
  if (found === undefined) throw error;
  return found;
}

function isTooEarly(error: unknown, notYet: readonly string[], freshNeeds: boolean): boolean {
  if (isCoreError(error, 'aws.throttled')) return true;
  if (!isCoreError(error, 'aws.refused')) return false;
  const { awsCode } = error.data;
  return notYet.includes(awsCode) || (freshNeeds && awsCode.endsWith('NotFound'));
}
