import { readInventory } from '../../src/core/aws/inventory.ts';
import { prepareStack } from '../../src/core/plan/preflight.ts';
import { type Region, applied, startRegion, walkStack } from '../integration/aws/region.ts';
import { type Bench, median } from './table.ts';

const RUNS = 5;
/** One for each kind of thing that the tree shows. */
const KINDS = 9;
const MANY_ENIS = 600;

/** How many calls a refresh of the tree takes, and how long. */
export const bench: Bench = {
  title: `Refreshing the tree of a Region (median of ${String(RUNS)})`,
  run: async (log) => {
    const region = await startRegion();
    try {
      const empty = await refresh(region, 'nothing of ours');
      const plan = await prepareStack(region.ec2, walkStack());
      const outputs = await applied(region, plan);
      const one = await refresh(region, 'one stack');
      log(`making ${String(MANY_ENIS)} ENIs…`);
      await makeEnis(region, MANY_ENIS);
      const many = await refresh(region, `one stack, ${String(MANY_ENIS)} ENIs more`);
      const rows = [empty, one, many];
      const problem =
        empty.calls === KINDS && one.calls === KINDS && many.calls === KINDS + 1 && outputs.size > 0
          ? undefined
          : 'A refresh takes more than one call a kind, and one a further page.';
      return { table: [['in the Region', 'calls', 'time'], ...rows.map(cells)], problem };
    } finally {
      await region.stop();
    }
  },
};

interface Row {
  readonly what: string;
  readonly calls: number;
  readonly milliseconds: number;
}

async function refresh({ ec2, proxy }: Region, what: string): Promise<Row> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    proxy.clear();
    const began = performance.now();
    await readInventory(ec2);
    times.push(performance.now() - began);
  }
  return { what, calls: proxy.calls().length, milliseconds: median(times) };
}

/** In the default subnets of the emulator, which are large enough. */
async function makeEnis({ ec2 }: Region, count: number): Promise<void> {
  const { Subnets = [] } = await ec2.describeSubnets({});
  const [subnet] = Subnets.filter(({ DefaultForAz }) => DefaultForAz === true);
  const SubnetId = subnet?.SubnetId;
  for (let made = 0; made < count; made += 20) {
    await Promise.all(Array.from({ length: 20 }, () => ec2.createNetworkInterface({ SubnetId })));
  }
}

function cells({ what, calls, milliseconds }: Row): (string | number)[] {
  return [what, calls, `${milliseconds.toFixed(0)} ms`];
}
