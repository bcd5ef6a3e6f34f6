import { deepEqual, ok } from 'node:assert/strict';
import { createRequire } from 'node:module';
import type * as Door from '../../../src/core/aws/door.ts';
import type { Ec2 } from '../../../src/core/aws/ec2.ts';
import { readInventory } from '../../../src/core/aws/inventory.ts';
import { silentLog } from '../../../src/core/base/log.ts';
import { requirePermissions } from '../../../src/core/plan/permissions.ts';
import { prepareStack, prepareTeardown } from '../../../src/core/plan/preflight.ts';
import { isMutating } from '../../lab/proxy/select.ts';
import { type Region, applied, startRegion, walkStack } from './region.ts';

/** The build leaves out of the SDK what no source of ours names: here it is shown that nothing is missed. */
describe('the bundled way to EC2', function () {
  this.timeout(300_000);
  let region: Region;
  let bundled: Ec2;

  before(async () => {
    region = await startRegion();
    const door = createRequire(import.meta.url)('../../../dist/aws.cjs') as typeof Door;
    bundled = await door.openEc2({ profile: 'lab', endpoint: region.proxy.endpoint, log: silentLog });
  });
  after(async () => {
    bundled.close();
    await region.stop();
  });

  /** The whole walk by one door: what each call sent, and what both doors read of it midway. */
  async function walkBy(
    ec2: Ec2,
  ): Promise<{ readonly sent: readonly string[]; readonly read: readonly object[] }> {
    await region.reset();
    const by = { ...region, ec2 };
    const plan = await prepareStack(ec2, walkStack());
    await applied(by, plan);
    const calls = [...region.proxy.calls()];
    const inventory = async (door: Ec2): Promise<object> => ({ ...(await readInventory(door)), takenAt: '' });
    const read = [await inventory(region.ec2), await inventory(bundled)];
    region.proxy.clear();
    await applied(by, await prepareTeardown(ec2, { planId: plan.id }));
    calls.push(...region.proxy.calls());
    const sent = calls.map(({ action, params }) => `${action} ${[...params.keys()].sort().join(' ')}`);
    return { sent: sent.sort(), read };
  }

  it('only asks where it is to ask whether something would be permitted', async () => {
    await region.reset();
    const plan = await prepareStack(bundled, walkStack());
    const before = await region.emulator.state();
    region.proxy.clear();
    await requirePermissions(bundled, plan);
    const dry = region.proxy.calls().filter(({ params }) => params.get('DryRun') === 'true');
    ok(dry.length > 10);
    deepEqual(region.proxy.calls().filter(isMutating), []);
    deepEqual(await region.emulator.state(), before);
  });

  it('sends and reads just what the whole SDK does', async () => {
    const whole = await walkBy(region.ec2);
    const lean = await walkBy(bundled);
    ok(whole.sent.length > 40);
    deepEqual(lean.sent, whole.sent);
    deepEqual(lean.read[1], lean.read[0]);
  });
});
