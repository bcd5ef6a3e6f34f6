import type { Attempt } from './attempt.ts';

/** Who waits for the credentials that several connections share. */
export interface Waits {
  /** Counts the calls of a connection. */
  readonly watch: (attempt: Attempt) => Attempt;
  /** Calls `stop` once nobody waits any more; the answer says that there is nothing more to stop. */
  readonly whenNobodyWaits: (stop: () => void) => () => void;
}

/** Counts calls under way, so that what no call waits for any more can be given up. */
export function createWaits(): Waits {
  let underWay = 0;
  const stops = new Set<() => void>();
  const check = (): void => {
    if (underWay === 0) for (const stop of stops) stop();
  };
  return {
    watch: (attempt) => async (action, call, send) => {
      underWay += 1;
      try {
        return await attempt(action, call, send);
      } finally {
        underWay -= 1;
        // A reading that is begun anew is given up first: its calls come in the same turn.
        if (underWay === 0 && stops.size > 0) setImmediate(check);
      }
    },
    whenNobodyWaits: (stop) => {
      stops.add(stop);
      return () => {
        stops.delete(stop);
      };
    },
  };
}
