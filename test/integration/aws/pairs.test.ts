import { deepEqual, equal, rejects } from 'node:assert/strict';
import { readInventory } from '../../../src/core/aws/inventory.ts';
import { type InventoryIndex, indexInventory } from '../../../src/core/model/inventoryIndex.ts';
import { awsHandlers } from '../../../src/core/plan/changes/awsHandlers.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { newPlanIdentity } from '../../../src/core/plan/planBuilder.ts';
import {
  prepareAddPairs,
  preparePair,
  prepareStack,
  prepareTeardown,
  prepareUnpair,
} from '../../../src/core/plan/preflight.ts';
import { undoPlan } from '../../../src/core/plan/undo.ts';
import { holdings } from '../../lab/emulator/state.ts';
import { coreFailure } from '../../unit/core/coreFailure.ts';
import { type Region, applied, startRegion, walkStack } from './region.ts';

describe('pairs of an ENI', function () {
  this.timeout(300_000);
  let region: Region;
  let networkInterfaceId: string;
  let stackId: string;

  before(async () => (region = await startRegion()));
  beforeEach(async () => {
    await region.reset();
    await region.emulator.setQuota(8);
    const spec = walkStack();
    const instance = { ...spec.instance, instanceType: 't3.small' };
    const plan = await prepareStack(region.ec2, { ...spec, instance });
    stackId = plan.id;
    networkInterfaceId = (await applied(region, plan)).get('eni')?.['networkInterfaceId'] ?? '';
    region.proxy.clear();
  });
  after(() => region.stop());

  const held = async () => holdings(await region.emulator.state());
  const read = async () => indexInventory(await readInventory(region.ec2));
  const shown = (index: InventoryIndex) =>
    index
      .pairsOfEni(networkInterfaceId)
      .map(({ address, eip }) => [address.address, eip?.association?.privateAddress]);
  const undone = async (plan: Plan, outputs: Awaited<ReturnType<typeof applied>>) => {
    await applied(region, undoPlan(plan, outputs, awsHandlers(region.ec2), newPlanIdentity()));
  };

  it('are added by count, with the next free addresses and new EIPs', async () => {
    const before = await held();
    const plan = await prepareAddPairs(region.ec2, { networkInterfaceId, addresses: { count: 2 } });
    const outputs = await applied(region, plan);
    deepEqual(
      shown(await read()),
      ['192.168.1.100', '192.168.1.101', '192.168.1.102', '192.168.1.103'].map((a) => [a, a]),
    );
    await undone(plan, outputs);
    deepEqual(await held(), before);
  });

  it('are added by address, with idle EIPs in the order given', async () => {
    const unpairing = { networkInterfaceId, eip: 'keep', address: 'keep' } as const;
    for (const privateAddress of ['192.168.1.100', '192.168.1.101']) {
      await applied(region, await prepareUnpair(region.ec2, { ...unpairing, privateAddress }));
    }
    const idle = (await read()).idleEips.map(({ allocationId }) => allocationId);
    const eips = idle.toReversed();
    const addresses = { explicit: ['192.168.1.77', '192.168.1.7'] };
    await applied(region, await prepareAddPairs(region.ec2, { networkInterfaceId, addresses, eips }));
    const index = await read();
    deepEqual(
      addresses.explicit.map(
        (address) =>
          index.pairsOfEni(networkInterfaceId).find((p) => p.address.address === address)?.eip?.allocationId,
      ),
      eips,
    );
    equal(index.inventory.eips.length, 2);
  });

  it('are taken apart and put together again', async () => {
    const before = await read();
    const privateAddress = '192.168.1.101';
    const unpairing = { networkInterfaceId, privateAddress, eip: 'keep', address: 'keep' } as const;
    await applied(region, await prepareUnpair(region.ec2, unpairing));
    const between = await read();
    const [idle] = between.idleEips;
    deepEqual(shown(between)[1], [privateAddress, undefined]);
    const allocationId = idle?.allocationId ?? '';
    await applied(
      region,
      await preparePair(region.ec2, { networkInterfaceId, privateAddress, allocationId }),
    );
    deepEqual(shown(await read()), shown(before));
  });

  it('are paired with a new EIP where none is chosen, and give it back by their undo', async () => {
    const privateAddress = '192.168.1.101';
    await applied(
      region,
      await prepareUnpair(region.ec2, {
        networkInterfaceId,
        privateAddress,
        eip: 'release',
        address: 'keep',
      }),
    );
    const before = await held();
    equal(before.Addresses.length, 1);
    const plan = await preparePair(region.ec2, { networkInterfaceId, privateAddress });
    const outputs = await applied(region, plan);
    equal((await held()).Addresses.length, 2);
    await undone(plan, outputs);
    deepEqual(await held(), before);
  });

  it('are removed with their EIP and its PTR record', async () => {
    const privateAddress = '192.168.1.101';
    const eip = (await read()).pairsOfEni(networkInterfaceId)[1]?.eip;
    const AllocationId = eip?.allocationId ?? '';
    await region.ec2.modifyAddressAttribute({ AllocationId, DomainName: 'mail.example.com' });
    const spec = { networkInterfaceId, privateAddress, eip: 'release', address: 'remove' } as const;
    const plan = await prepareUnpair(region.ec2, spec);
    deepEqual(
      plan.changes.map(({ kind }) => kind),
      ['disassociateEip', 'clearReverseDns', 'releaseEip', 'unassignAddresses'],
    );
    await applied(region, plan);
    deepEqual(shown(await read()), [['192.168.1.100', '192.168.1.100']]);
    equal((await held()).Addresses.length, 1);
  });

  it('are torn down with their stack, PTR records and all', async () => {
    const eips = (await read()).inventory.eips;
    for (const { allocationId: AllocationId } of eips) {
      await region.ec2.modifyAddressAttribute({ AllocationId, DomainName: 'mail.example.com' });
    }
    await applied(region, await prepareTeardown(region.ec2, { planId: stackId }));
    deepEqual((await held()).Addresses, []);
  });

  it('never take an EIP from where it is', async () => {
    const index = await read();
    const [first, second] = index.pairsOfEni(networkInterfaceId);
    const allocationId = first?.eip?.allocationId ?? '';
    const publicIp = first?.eip?.publicIp ?? '';
    const spec = { networkInterfaceId, privateAddress: '192.168.1.101' };
    await rejects(
      preparePair(region.ec2, { ...spec, allocationId }),
      coreFailure('plan.alreadyPaired', { address: '192.168.1.101', publicIp: second?.eip?.publicIp ?? '' }),
    );
    await applied(region, await prepareUnpair(region.ec2, { ...spec, eip: 'keep', address: 'keep' }));
    await rejects(
      preparePair(region.ec2, { ...spec, allocationId }),
      coreFailure('plan.alreadyPaired', { address: '192.168.1.100', publicIp }),
    );
    // Even where the plan was made before somebody else took the EIP.
    const idle = (await read()).idleEips[0]?.allocationId ?? '';
    const plan = await preparePair(region.ec2, { ...spec, allocationId: idle });
    const stolen = plan.changes.map((change) =>
      change.kind === 'associateEip' ? { ...change, input: { ...change.input, allocationId } } : change,
    );
    await rejects(
      applied(region, { ...plan, changes: stolen }),
      coreFailure('plan.changedMeanwhile', { what: 'Elastic IP', id: publicIp }),
    );
    equal((await read()).eips.get(allocationId)?.association?.privateAddress, '192.168.1.100');
  });
});
