import { setTimeout as sleep } from 'node:timers/promises';
import { isCoreError } from '../base/errors.ts';
import type { Step } from './handler.ts';

/** How long a change that EC2 will take a little later is tried again. */
export interface Patience {
  readonly firstMilliseconds: number;
  readonly longestMilliseconds: number;
  /** After this long the refusal is believed. */
  readonly totalMilliseconds: number;
  /** How long EC2 may not show what has been done; `totalMilliseconds` unless given. */
  readonly lagMilliseconds?: number;
}

/** EC2 may need up to a minute to see everywhere what was just made. */
export const DEFAULT_PATIENCE: Patience = {
  firstMilliseconds: 250,
  longestMilliseconds: 5_000,
  totalMilliseconds: 60_000,
};

/** So many looks at least, since a busy machine may be slow between two of them. */
export const FEWEST_LOOKS = 5;

/** How long EC2 may not show what has been done. */
export function lagOf(patience: Patience): number {
  return patience.lagMilliseconds ?? patience.totalMilliseconds;
}

/** Longer and longer pauses, without an end. */
export function* pausesOf({ firstMilliseconds, longestMilliseconds }: Patience): Generator<number, never> {
  for (let next = firstMilliseconds; ; next = Math.min(next * 2, longestMilliseconds)) yield next;
}

/** Waits for the next pause; jitter, so that changes that were refused together do not come back together. */
export async function pause(pauses: Generator<number, never>, { signal }: Step): Promise<void> {
  await sleep(pauses.next().value * (0.5 + Math.random() / 2), undefined, { signal });
}

/** Tells whether a call may have had its effect although it failed. */
export function isUncertain(error: unknown): boolean {
  if (isCoreError(error, 'aws.unreachable')) return true;
  return isCoreError(error, 'aws.refused') && UNCERTAIN.has(error.data.awsCode);
}

/** Tells whether EC2 says that there is no such thing, or not yet. */
export function isNotVisible(error: unknown): boolean {
  return isCoreError(error, 'aws.refused') && error.data.awsCode.endsWith('NotFound');
}

/** With these EC2 says that it failed, and not how far it came. */
const UNCERTAIN = new Set(['InternalError', 'InternalFailure', 'ServiceUnavailable', 'Unavailable']);
