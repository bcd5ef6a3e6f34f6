import { deepEqual } from 'node:assert/strict';
import { MISHAPS } from './faults/faults.ts';
import { ChildPool, tryKill } from './faults/killed.ts';
import { SCENARIOS } from './faults/scenarios.ts';
import { type Faults, startTrial, tryMishap } from './faults/trial.ts';
import { type Region, startRegion } from './region.ts';

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
