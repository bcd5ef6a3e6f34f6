import { deepEqual, equal, rejects } from 'node:assert/strict';
import fc from 'fast-check';
import { type GraphNode, runGraph } from '../../../../src/core/plan/schedule.ts';

const DIAMOND: readonly GraphNode[] = [
  { id: 'top', needs: [] },
  { id: 'left', needs: ['top'] },
  { id: 'right', needs: ['top'] },
  { id: 'bottom', needs: ['left', 'right'] },
];

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Runs a graph and notes what started and ended, in order. */
async function record(
  nodes: readonly GraphNode[],
  options: { limit?: number; failing?: string; stopAfter?: string } = {},
): Promise<{ log: readonly string[]; most: number; errors: readonly unknown[] }> {
  const log: string[] = [];
  let running = 0;
  let most = 0;
  const errors = await runGraph(nodes, {
    limit: options.limit ?? 10,
    stopped: () => log.includes(`-${options.stopAfter ?? ''}`),
    run: async ({ id }) => {
      log.push(`+${id}`);
      most = Math.max(most, ++running);
      await turn();
      running--;
      if (id === options.failing) throw new Error(id);
      log.push(`-${id}`);
    },
  });
  equal(running, 0);
  return { log, most, errors };
}

/** Graphs in which each node needs some of those before it. */
const graphs = fc.array(fc.array(fc.nat({ max: 20 }), { maxLength: 4 }), { maxLength: 20 }).map((rows) =>
  rows.map((row, index): GraphNode => ({
    id: String(index),
    needs: row.filter((need) => need < index).map(String),
  })),
);

describe('a graph', () => {
  it('runs side by side what does not need one another', async () => {
    const { log, most } = await record(DIAMOND);
    deepEqual(log, ['+top', '-top', '+left', '+right', '-left', '-right', '+bottom', '-bottom']);
    equal(most, 2);
  });

  it('keeps to its limit and begins with what came first', async () => {
    const { log, most } = await record(DIAMOND, { limit: 1 });
    deepEqual(log, ['+top', '-top', '+left', '-left', '+right', '-right', '+bottom', '-bottom']);
    equal(most, 1);
  });

  it('starts nothing after a failure, and waits for what runs', async () => {
    const { log, errors } = await record(DIAMOND, { failing: 'left' });
    deepEqual(log, ['+top', '-top', '+left', '+right', '-right']);
    deepEqual(errors.map(String), ['Error: left']);
  });

  it('starts nothing after it was stopped, and waits for what runs', async () => {
    const { log, errors } = await record(DIAMOND, { stopAfter: 'left' });
    deepEqual(log, ['+top', '-top', '+left', '+right', '-left', '-right']);
    deepEqual(errors, []);
  });

  it('that can never end is refused before it begins', async () => {
    const circle = [
      { id: 'a', needs: ['b'] },
      { id: 'b', needs: ['a'] },
    ];
    await rejects(record(circle), /RangeError: these can never start: a, b/);
    await rejects(record([{ id: 'a', needs: ['nothing'] }]), /never start: a/);
  });

  it('runs each node once, after all that it needs', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, fc.integer({ min: 1, max: 5 }), async (nodes, limit) => {
        const { log, most } = await record(nodes, { limit });
        equal(log.length, 2 * nodes.length);
        equal(new Set(log).size, log.length);
        for (const { id, needs } of nodes) {
          for (const need of needs) equal(log.indexOf(`-${need}`) < log.indexOf(`+${id}`), true);
        }
        equal(most <= limit, true);
      }),
    );
  });
});
