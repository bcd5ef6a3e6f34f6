import { deepEqual, rejects } from 'node:assert/strict';
import { CALL_OF } from '../../../src/core/plan/eta.ts';
import { requirePermissions } from '../../../src/core/plan/permissions.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { deny } from '../../lab/proxy/faults/deny.ts';
import { isMutating } from '../../lab/proxy/select.ts';
import { coreFailure } from '../../unit/core/coreFailure.ts';
import { SCENARIOS } from './faults/scenarios.ts';
import { type Region, startRegion } from './region.ts';

describe('the permissions that a plan needs', function () {
  this.timeout(120_000);
  let region: Region;

  before(async () => (region = await startRegion()));
  beforeEach(async () => {
    await region.reset();
    await region.emulator.setQuota(8);
  });
  after(() => region.stop());

  for (const { name, plan: prepare } of SCENARIOS) {
    it(`are asked for before ${name} changes anything, and every missing one is named`, async () => {
      const plan = await prepare(region);
      const before = await region.emulator.state();
      region.proxy.clear();
      await requirePermissions(region.ec2, plan);
      const asked = region.proxy.calls().filter(({ params }) => params.get('DryRun') === 'true');
      deepEqual(region.proxy.calls().filter(isMutating), []);
      const actions = [...new Set(asked.map(({ action }) => action))].sort();
      deepEqual(actions, expectedOf(plan));
      region.proxy.use(deny(...actions));
      const missing = { actions: actions.map((action) => `ec2:${action}`) };
      await rejects(requirePermissions(region.ec2, plan), coreFailure('plan.notPermitted', missing));
      deepEqual(await region.emulator.state(), before);
    });
  }
});

/** Every action of the plan, without the two that have no dry run. */
function expectedOf(plan: Plan): readonly string[] {
  const calls = plan.changes.flatMap(({ kind }) => CALL_OF[kind] ?? []);
  const actions = calls.map((call) => `${call.charAt(0).toUpperCase()}${call.slice(1)}`);
  return [...new Set(actions)].filter((action) => !/assignPrivateIpAddresses$/i.test(action)).sort();
}
