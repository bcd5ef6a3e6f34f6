/** A time limit that stands still while somebody is being asked. */
export interface Deadline {
  /** Runs `question` without its time counting. */
  suspend<T>(question: () => Promise<T>): Promise<T>;
  clear(): void;
}

/** Calls `expired` once `milliseconds` of unsuspended time have passed. */
export function startDeadline(milliseconds: number, expired: () => void): Deadline {
  let left = milliseconds;
  let since = performance.now();
  let timer: NodeJS.Timeout | undefined = setTimeout(expired, left);
  let cleared = false;
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  return {
    suspend: async (question) => {
      stop();
      left -= performance.now() - since;
      try {
        return await question();
      } finally {
        since = performance.now();
        if (!cleared) timer = setTimeout(expired, Math.max(left, 0));
      }
    },
    clear: () => {
      cleared = true;
      stop();
    },
  };
}
