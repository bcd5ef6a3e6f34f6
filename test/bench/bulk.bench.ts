import { secondsFor } from '../../src/core/aws/buckets.ts';
import { createPacer } from '../../src/core/aws/pacer.ts';
import type { Plan } from '../../src/core/plan/plan.ts';
import { prepareAddPairs, prepareStack } from '../../src/core/plan/preflight.ts';
import { previewPlan } from '../../src/core/plan/preview.ts';
import { UNPACED } from '../integration/aws/faults/unpaced.ts';
import { type Region, applied, startRegion, walkStack } from '../integration/aws/region.ts';
import { throttle } from '../lab/proxy/faults/throttle.ts';
import type { Bench } from './table.ts';

const PAIRS = [20, 100, 200];
const LATENCY_MS = 50;
const TARGET_AT_PAIRS = 200;
const TARGET_RATIO = 1.2;

/** Many pairs on one ENI beside the time that EC2's token buckets allow, which the proxy enforces. */
export const bench: Bench = {
  title: `Pairs in bulk: the plan beside EC2's token buckets (${String(LATENCY_MS)} ms added to each call)`,
  run: async (log) => {
    const rows = [];
    for (const pairs of PAIRS) {
      log(`${String(pairs)} pairs…`);
      rows.push(await measure(pairs));
    }
    const problem = rows.flatMap(problemOf)[0];
    const header = ['pairs', 'buckets allow', 'preview says', 'apply', 'apply / allowed', 'refused'];
    return { table: [header, ...rows.map(cells)], problem };
  },
};

interface Row {
  readonly pairs: number;
  readonly allowed: number;
  readonly estimate: number;
  readonly seconds: number;
  readonly refused: number;
}

async function measure(pairs: number): Promise<Row> {
  // Setting up draws from the same buckets, so that it is done before they begin to count.
  const pacer = createPacer();
  let current = UNPACED;
  const region = await startRegion({
    pacer: {
      turn: (...it) => current.turn(...it),
      refused: (call) => {
        current.refused(call);
      },
    },
  });
  try {
    const plan = await bulkPlan(region, pairs);
    current = pacer;
    region.proxy.clear();
    region.proxy.setLatency(LATENCY_MS);
    region.proxy.use(throttle());
    const began = performance.now();
    await applied(region, plan);
    const seconds = (performance.now() - began) / 1000;
    const refused = region.proxy.calls().filter(({ status }) => status !== 200).length;
    const allowed = secondsFor('allocateAddress', pairs);
    return { pairs, allowed, estimate: previewPlan(plan).seconds, seconds, refused };
  } finally {
    await region.stop();
  }
}

async function bulkPlan(region: Region, pairs: number): Promise<Plan> {
  await region.emulator.setQuota(pairs + 2);
  const stack = await applied(region, await prepareStack(region.ec2, walkStack()));
  const { NetworkInterface } = await region.ec2.createNetworkInterface({
    SubnetId: stack.get('subnet')?.['subnetId'],
    Groups: [stack.get('group')?.['groupId'] ?? ''],
  });
  const networkInterfaceId = NetworkInterface?.NetworkInterfaceId ?? '';
  return prepareAddPairs(region.ec2, { networkInterfaceId, addresses: { count: pairs } });
}

function cells({ pairs, allowed, estimate, seconds, refused }: Row): (string | number)[] {
  const s = (value: number): string => `${value.toFixed(1)} s`;
  const ratio = allowed === 0 ? '-' : (seconds / allowed).toFixed(2);
  return [pairs, s(allowed), s(estimate), s(seconds), ratio, refused];
}

function problemOf({ pairs, allowed, seconds, refused }: Row): readonly string[] {
  return [
    ...(refused > 0 ? [`${String(refused)} calls for ${String(pairs)} pairs were refused.`] : []),
    ...(pairs === TARGET_AT_PAIRS && seconds > TARGET_RATIO * allowed
      ? [`${String(pairs)} pairs take more than ${String(TARGET_RATIO)} times what the buckets allow.`]
      : []),
  ];
}
