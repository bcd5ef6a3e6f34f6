import type { Attempt } from './attempt.ts';

/** Counts calls under way. */
export interface CallsUnderWay {
  /** Counts the calls of a connection. */
  readonly watch: (attempt: Attempt) => Attempt;
  readonly areNone: () => boolean;
}

/** Counts calls, and calls back each time that the last of them has ended. */
export function countCalls(onNone: () => void): CallsUnderWay {
  let underWay = 0;
  return {
    areNone: () => underWay === 0,
    watch: (attempt) => async (action, call, send) => {
      underWay += 1;
      try {
        return await attempt(action, call, send);
      } finally {
        underWay -= 1;
        if (underWay === 0) onNone();
      }
    },
  };
}
