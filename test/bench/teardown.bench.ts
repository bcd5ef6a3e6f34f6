import { prepareStack, prepareTeardown } from '../../src/core/plan/preflight.ts';
import { type Region, applied, startRegion, walkStack } from '../integration/aws/region.ts';
import { changeTimer, criticalPath } from './criticalPath.ts';
import { type Bench, median } from './table.ts';

const LATENCIES_MS = [0, 50, 150];
const RUNS = 5;

/** Tearing the walk's stack down, beside the longest chain of its changes that need one another. */
export const bench: Bench = {
  title: `Teardown beside its critical path (median of ${String(RUNS)})`,
  run: async (log) => {
    const region = await startRegion();
    try {
      await tearDown(region, 0);
      const rows = [];
      for (const latency of LATENCIES_MS) {
        log(`${String(latency)} ms a call…`);
        const { path } = await tearDown(region, latency, 1);
        const runs = [];
        for (let run = 0; run < RUNS; run++) runs.push((await tearDown(region, latency)).whole);
        const whole = median(runs);
        rows.push([ms(latency), ms(whole), region.proxy.calls().length, ms(path), (whole / path).toFixed(2)]);
      }
      const header = ['added a call', 'teardown', 'its calls', 'critical path', 'teardown / critical path'];
      return { table: [header, ...rows] };
    } finally {
      await region.stop();
    }
  },
};

/** With `concurrency` 1 each change takes the time that it takes alone, from which the critical path follows. */
async function tearDown(
  region: Region,
  latency: number,
  concurrency?: number,
): Promise<{ readonly whole: number; readonly path: number }> {
  await region.reset();
  const stack = await prepareStack(region.ec2, walkStack());
  await applied(region, stack);
  const plan = await prepareTeardown(region.ec2, { planId: stack.id });
  region.proxy.clear();
  region.proxy.setLatency(latency);
  const { onEvent, milliseconds } = changeTimer();
  const began = performance.now();
  await applied(region, plan, { onEvent, concurrency });
  return { whole: performance.now() - began, path: criticalPath(plan, milliseconds) };
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`;
}
