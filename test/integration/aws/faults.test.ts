import { deepEqual, ok } from 'node:assert/strict';
import type { Ec2 } from '../../../src/core/aws/ec2.ts';
import { awsHandlers } from '../../../src/core/plan/changes/awsHandlers.ts';
import type { Handlers } from '../../../src/core/plan/handler.ts';
import { openJournal } from '../../../src/core/plan/journal.ts';
import { MISHAPS } from './faults/faults.ts';
import { ChildPool, tryKill } from './faults/killed.ts';
import { SCENARIOS, type Scenario } from './faults/scenarios.ts';
import { type Faults, type Trial, startTrial, tryCut, tryMishap } from './faults/trial.ts';
import { type Region, applied, startRegion } from './region.ts';

type Attempt = (trial: Trial) => Promise<Faults>;

describe('a plan that is disturbed at each of its mutating calls', function () {
  this.timeout(600_000);
  let region: Region;
  /** The emulator is what takes the time, so there are two. */
  let regions: readonly Region[];
  let pool: ChildPool;
  let tried = 0;
  const faults: string[] = [];

  /** Tries every point in whichever Region is free. */
  const nothingWrong = async (scenario: Scenario, attemptsOf: (trial: Trial) => readonly Attempt[]) => {
    const trials = await Promise.all(regions.map((it) => startTrial(it, scenario)));
    const [first] = trials;
    ok(first);
    const left = [...attemptsOf(first)];
    const found: string[] = [];
    await Promise.all(
      trials.map(async (trial) => {
        for (let attempt = left.shift(); attempt !== undefined; attempt = left.shift()) {
          tried++;
          found.push(...(await attempt(trial)));
        }
      }),
    );
    faults.push(...found);
    deepEqual(found, []);
  };

  before(async () => {
    region = await startRegion();
    regions = [region, await startRegion()];
    pool = new ChildPool(region.files.directory);
  });
  after(async () => {
    await pool.stop();
    for (const it of regions.toReversed()) await it.stop();
    const wrong = faults.length;
    const verdict = wrong === 0 ? 'none leaked or doubled' : `${String(wrong)} went wrong`;
    process.stdout.write(`\n  ${String(tried)} points tried: ${verdict}\n`);
  });

  describe('by an engine that is broken', () => {
    const trialOf = (name: string) => {
      const scenario = SCENARIOS.find((it) => it.name === name);
      ok(scenario);
      return startTrial(region, scenario);
    };
    const lost = MISHAPS.find(({ name }) => name === 'answer lost');
    const allocation = { action: 'AllocateAddress', nth: 1 };

    it('is noticed to leak where it does not look for what it has made', async () => {
      ok(lost);
      const blind = (ec2: Ec2): Handlers => {
        const handlers = awsHandlers(ec2);
        return {
          ...handlers,
          allocateEip: { ...handlers.allocateEip, find: () => Promise.resolve(undefined) },
        };
      };
      const found = await tryMishap(await trialOf('pair (new EIP)'), lost, allocation, blind);
      ok(
        found.some((fault) => fault.includes('Resume leaves Addresses')),
        found.join('\n'),
      );
      ok(
        found.some((fault) => fault.includes('Undo leaves Addresses')),
        found.join('\n'),
      );
    });

    it('is noticed to lack what it takes for done and is not', async () => {
      const reset = MISHAPS.find(({ name }) => name === 'connection reset before its effect');
      ok(reset);
      const sanguine = (ec2: Ec2): Handlers => {
        const handlers = awsHandlers(ec2);
        return { ...handlers, associateEip: { ...handlers.associateEip, find: () => Promise.resolve({}) } };
      };
      const association = { action: 'AssociateAddress', nth: 1 };
      const found = await tryMishap(await trialOf('pair (idle EIP)'), reset, association, sanguine);
      ok(
        found.some((fault) => fault.includes('lacks Addresses')),
        found.join('\n'),
      );
    });
  });

  it('does nothing when it is applied again once it is done', async () => {
    for (const scenario of SCENARIOS) {
      const { plan, path } = await startTrial(region, scenario);
      region.proxy.clear();
      const journal = await openJournal(path, plan);
      await applied(region, plan, { journal, progress: journal.earlier });
      await journal.close();
      deepEqual(region.mutations(), [], scenario.name);
    }
  });

  for (const scenario of SCENARIOS) {
    it(`${scenario.name} is resumed, or taken back, whatever happens`, async () => {
      await nothingWrong(scenario, ({ points }) =>
        MISHAPS.flatMap((mishap) =>
          points.slice(0, mishap.lags === true ? 1 : undefined).map((_, index) => async (trial: Trial) => {
            const point = trial.points[index];
            return point === undefined ? ['two runs differ'] : tryMishap(trial, mishap, point);
          }),
        ),
      );
    });

    it(`${scenario.name} is resumed, or taken back, wherever its process is killed`, async () => {
      await nothingWrong(scenario, ({ entries }) =>
        Array.from({ length: entries - 1 }, (_, index) => (trial: Trial) => tryKill(trial, pool, index + 1)),
      );
    });

    it(`${scenario.name} is resumed, or taken back, where its journal was cut short`, async () => {
      await nothingWrong(scenario, ({ entries }) =>
        cutsOf(entries).map((lines) => (trial: Trial) => tryCut(trial, lines, scenario)),
      );
    });
  }
});

/** After how many lines a journal is cut: where it is long, not after each. */
function cutsOf(entries: number): readonly number[] {
  const stride = Math.ceil(entries / 8);
  return Array.from({ length: entries - 1 }, (_, index) => index + 1).filter((n) => n % stride === 0);
}
