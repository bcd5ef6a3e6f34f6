/** A node of a graph: it runs when all that it needs has run. */
export interface GraphNode {
  readonly id: string;
  readonly needs: readonly string[];
}

/** How a graph is run. */
export interface ScheduleOptions<T extends GraphNode> {
  /** How many may run at the same time. */
  readonly limit: number;
  readonly run: (node: T) => Promise<void>;
  /** Asked before each start: once true, nothing more starts. */
  readonly stopped: () => boolean;
}

/**
 * Runs every node as early as its needs allow, side by side, earlier ones first where the limit bites.
 *
 * After a failure nothing more starts, and what runs is waited for; gives the errors in the order in which
 * they came.
 *
 * @throws {RangeError} before anything runs, where a need is unknown or needs run in a circle.
 */
export async function runGraph<T extends GraphNode>(
  nodes: readonly T[],
  { limit, run, stopped }: ScheduleOptions<T>,
): Promise<readonly unknown[]> {
  requireRunnable(nodes);
  const done = new Set<string>();
  const errors: unknown[] = [];
  let waiting = [...nodes];
  let running = 0;
  return new Promise((finish) => {
    const next = (): void => {
      while (errors.length === 0 && !stopped() && running < limit) {
        const node = waiting.find(({ needs }) => needs.every((need) => done.has(need)));
        if (node === undefined) break;
        waiting = waiting.filter((other) => other !== node);
        running++;
        void run(node)
          .then(() => done.add(node.id))
          .catch((error: unknown) => errors.push(error))
          .finally(() => {
            running--;
            next();
          });
      }
      if (running === 0) finish(errors);
    };
    next();
  });
}

function requireRunnable(nodes: readonly GraphNode[]): void {
  const reached = new Set<string>();
  let left = nodes;
  while (left.length > 0) {
    const ready = left.filter(({ needs }) => needs.every((need) => reached.has(need)));
    if (ready.length === 0) {
      throw new RangeError(`these can never start: ${left.map(({ id }) => id).join(', ')}`);
    }
    for (const { id } of ready) reached.add(id);
    left = left.filter((node) => !ready.includes(node));
  }
}
