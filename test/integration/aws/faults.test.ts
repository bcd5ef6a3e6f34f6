import { deepEqual, ok } from 'node:assert/strict';
import type { Ec2 } from '../../../src/core/aws/ec2.ts';
import { awsHandlers } from '../../../src/core/plan/changes/awsHandlers.ts';
import type { Handlers } from '../../../src/core/plan/handler.ts';
import { openJournal } from '../../../src/core/plan/journal.ts';
import { MISHAPS } from './faults/faults.ts';
import { ChildPool, tryKill } from './faults/killed.ts';
import { SCENARIOS } from './faults/scenarios.ts';
import { type Faults, startTrial, tryMishap } from './faults/trial.ts';
import { type Region, applied, startRegion } from './region.ts';

describe('a plan that is disturbed at each of its mutating calls', function () {
  this.timeout(300_000);
  let region: Region;
  let pool: ChildPool;
  let tried = 0;
  const faults: Faults[] = [];

  before(async () => {
    region = await startRegion();
    pool = new ChildPool(region.files.directory);
  });
  after(async () => {
    await pool.stop();
    await region.stop();
    const wrong = faults.flat().length;
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
      const trial = await startTrial(region, scenario);
      const found: string[] = [];
      for (const mishap of MISHAPS) {
        for (const point of trial.points) {
          tried++;
          found.push(...(await tryMishap(trial, mishap, point)));
        }
      }
      faults.push(found);
      deepEqual(found, []);
    });

    it(`${scenario.name} is resumed, or taken back, wherever its process is killed`, async () => {
      const trial = await startTrial(region, scenario);
      const found: string[] = [];
      for (let entry = 1; entry < trial.entries; entry++) {
        tried++;
        found.push(...(await tryKill(trial, pool, entry)));
      }
      faults.push(found);
      deepEqual(found, []);
    });
  }
});
