import { countCalls } from './callsUnderWay.ts';
import type { CallsUnderWay } from './callsUnderWay.ts';

/** Who waits for the credentials that several connections share. */
export interface Waits extends Pick<CallsUnderWay, 'watch'> {
  /** Calls `stop` once nobody waits any more; the answer says that there is nothing more to stop. */
  readonly whenNobodyWaits: (stop: () => void) => () => void;
}

/** Counts calls under way, so that what no call waits for any more can be given up. */
export function createWaits(): Waits {
  const stops = new Set<() => void>();
  const check = (): void => {
    if (calls.areNone()) for (const stop of stops) stop();
  };
  const calls = countCalls(() => {
    // A reading that is begun anew is given up first: its calls come in the same turn.
    if (stops.size > 0) setImmediate(check);
  });
  return {
    watch: calls.watch,
    whenNobodyWaits: (stop) => {
      stops.add(stop);
      return () => {
        stops.delete(stop);
      };
    },
  };
}
