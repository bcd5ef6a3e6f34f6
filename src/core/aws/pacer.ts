import { setTimeout as sleep } from 'node:timers/promises';
import { bucketOf } from './buckets.ts';
import type { Ec2Call } from './ec2.ts';

/** Holds calls back until EC2's token bucket has room for them, in the order in which they came. */
export interface Pacer {
  /** Resolves when the call may be sent; rejects where the signal ends the waiting, and takes no token then. */
  turn(call: Ec2Call, signal?: AbortSignal): Promise<void>;
  /** Says that EC2 refused a call as one too many: whatever the bucket seemed to hold, it is empty. */
  refused(call: Ec2Call): void;
}

/**
 * So much of a bucket is left to others: the console and other programs of the account draw from it too, and
 * calls that were spread out arrive closer together.
 */
const KEPT_FREE = 1;

/** Paces to EC2's default buckets; `now` is a clock in milliseconds. */
export function createPacer(now: () => number = () => performance.now()): Pacer {
  /** When each bucket would be full again, which says how many tokens it lacks. */
  const fullAt = new Map<Ec2Call, number>();

  const take = (call: Ec2Call): number => {
    const { burst, perSecond } = bucketOf(call);
    const interval = 1000 / perSecond;
    const at = now();
    const full = Math.max(at, fullAt.get(call) ?? at) + interval;
    fullAt.set(call, full);
    return full - at - (burst - KEPT_FREE) * interval;
  };

  return {
    turn: async (call, signal) => {
      signal?.throwIfAborted();
      const wait = take(call);
      if (wait <= 0) return;
      try {
        await sleep(wait, undefined, { signal });
      } catch (error) {
        // The token goes back: those behind move up by as much.
        fullAt.set(call, (fullAt.get(call) ?? 0) - 1000 / bucketOf(call).perSecond);
        throw error;
      }
    },
    refused: (call) => {
      const { burst, perSecond } = bucketOf(call);
      const empty = now() + (burst * 1000) / perSecond;
      fullAt.set(call, Math.max(fullAt.get(call) ?? 0, empty));
    },
  };
}
