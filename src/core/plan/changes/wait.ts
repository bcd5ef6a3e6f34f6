import { setTimeout as sleep } from 'node:timers/promises';
import { CoreError } from '../../base/errors.ts';

/** How long what EC2 has only begun is waited for, and how often it is looked at. */
export interface Waiting {
  readonly pollMilliseconds: number;
  /** How long EC2 may still show what was before. */
  readonly lagMilliseconds: number;
  /** After this long a person is told instead. */
  readonly longestMilliseconds: number;
}

/** EC2 needs a minute or two for most things; a system that shuts down slowly, up to ten. */
export const DEFAULT_WAITING: Waiting = {
  pollMilliseconds: 2_000,
  lagMilliseconds: 60_000,
  longestMilliseconds: 900_000,
};

/** How far what is waited for has come, where it is not there yet. */
export interface Underway {
  /** In EC2's own words, such as `pending`. */
  readonly state: string;
  /** Whether it is on its way; where it is not any more, it will never come. */
  readonly moving: boolean;
  /** EC2's reason for the state, where it gives one. */
  readonly reason?: string | undefined;
}

/** What is waited for: a thing, and the state that it is to reach. */
export interface Awaited {
  readonly what: string;
  readonly id: string;
  readonly wanted: string;
}

/** Waits as long as it makes sense: until the look says that it is there (`undefined`), or never will be. */
export async function waitFor(
  awaited: Awaited,
  look: () => Promise<Underway | undefined>,
  waiting: Waiting,
  signal: AbortSignal | undefined,
): Promise<void> {
  const began = performance.now();
  let moved = false;
  for (;;) {
    const underway = await look();
    if (underway === undefined) return;
    const { state, moving, reason = '' } = underway;
    const waited = performance.now() - began;
    if (!moving && (moved || waited > waiting.lagMilliseconds)) {
      // Before it moved the reason is of the state before.
      throw new CoreError('plan.wrongState', { ...awaited, state, reason: moved ? reason : '' });
    }
    if (waited > waiting.longestMilliseconds) {
      const minutes = Math.round(waiting.longestMilliseconds / 60_000);
      throw new CoreError('plan.tooSlow', { what: awaited.what, id: awaited.id, state, minutes });
    }
    moved ||= moving;
    await sleep(waiting.pollMilliseconds, undefined, { signal });
  }
}
