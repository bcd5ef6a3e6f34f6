/** Runs pieces of work one a turn of the event loop, whoever asks, so that others get their turn in between. */
export interface Turns {
  take<T>(work: () => T | Promise<T>): Promise<T>;
}

/** Makes a queue of turns. */
export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return {
    take: (work) => {
      const mine = last.then(nextTurn).then(work);
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}

/** Lets all else that waits come first. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
