import { deepEqual, equal, rejects } from 'node:assert/strict';
import { readInventory } from '../../../src/core/aws/inventory.ts';
import { readReverseDns } from '../../../src/core/aws/reverseDns.ts';
import { indexInventory } from '../../../src/core/model/inventoryIndex.ts';
import { awsHandlers } from '../../../src/core/plan/changes/awsHandlers.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { newPlanIdentity } from '../../../src/core/plan/planBuilder.ts';
import { prepareStack, prepareTeardown, prepareUnpair } from '../../../src/core/plan/preflight.ts';
import {
  prepareAttachEni,
  prepareLaunch,
  prepareMove,
  prepareReleaseEips,
  prepareRemovePairs,
  prepareReverseDns,
} from '../../../src/core/plan/preparations.ts';
import { undoPlan } from '../../../src/core/plan/undo.ts';
import { debianImage } from '../../lab/emulator/emulator.ts';
import { coreFailure } from '../../unit/core/coreFailure.ts';
import { type Region, applied, startRegion, walkStack } from './region.ts';
import { stateShape } from './stateShape.ts';

describe('the recipes', function () {
  this.timeout(300_000);
  let region: Region;
  let ids: {
    readonly eni: string;
    readonly instance: string;
    readonly subnet: string;
    readonly group: string;
  };

  before(async () => (region = await startRegion()));
  beforeEach(async () => {
    await region.reset();
    await region.emulator.setQuota(8);
    const spec = walkStack();
    const instance = { ...spec.instance, instanceType: 't3.small' };
    const made = await applied(region, await prepareStack(region.ec2, { ...spec, instance }));
    const idOf = (change: string, name: string) => made.get(change)?.[name] ?? '';
    ids = {
      eni: idOf('eni', 'networkInterfaceId'),
      instance: idOf('instance', 'instanceId'),
      subnet: idOf('subnet', 'subnetId'),
      group: idOf('group', 'groupId'),
    };
    region.proxy.clear();
  });
  after(() => region.stop());

  const shape = async () => stateShape(await region.emulator.state());
  const read = async () => indexInventory(await readInventory(region.ec2));
  const pairs = async () =>
    (await read()).inventory.eips.map(({ publicIp, association }) => [publicIp, association?.privateAddress]);
  const eipOf = async (position: number) =>
    (await read()).pairsOfEni(ids.eni)[position]?.eip?.allocationId ?? '';
  const undone = async (plan: Plan, outputs: Awaited<ReturnType<typeof applied>>) =>
    applied(region, undoPlan(plan, outputs, awsHandlers(region.ec2), newPlanIdentity()));
  /** Applies and takes back; the state must then be what it was. */
  const thereAndBack = async (plan: Plan, check: () => Promise<void>): Promise<void> => {
    const before = await shape();
    const outputs = await applied(region, plan);
    await check();
    await undone(plan, outputs);
    deepEqual(await shape(), before);
  };
  const unpaired = async (privateAddress: string) => {
    const spec = { networkInterfaceId: ids.eni, privateAddress, eip: 'keep', address: 'keep' } as const;
    await applied(region, await prepareUnpair(region.ec2, spec));
  };

  it('move an EIP to another address, and back', async () => {
    const allocationId = await eipOf(0);
    const before = await pairs();
    const [mine] = before.filter(([, at]) => at === '192.168.1.100');
    await applied(
      region,
      await prepareReleaseEips(region.ec2, {
        allocationIds: await (async () => {
          const other = await eipOf(1);
          await unpaired('192.168.1.101');
          return [other];
        })(),
      }),
    );
    const to = { networkInterfaceId: ids.eni, privateAddress: '192.168.1.101' };
    await thereAndBack(await prepareMove(region.ec2, { allocationId, to }), async () => {
      deepEqual(await pairs(), [[mine?.[0], '192.168.1.101']]);
    });
  });

  it('push nothing out where somebody else came first', async () => {
    const allocationId = await eipOf(0);
    const other = await eipOf(1);
    await unpaired('192.168.1.101');
    const to = { networkInterfaceId: ids.eni, privateAddress: '192.168.1.101' };
    const plan = await prepareMove(region.ec2, { allocationId, to });
    await region.ec2.associateAddress({
      AllocationId: other,
      NetworkInterfaceId: ids.eni,
      PrivateIpAddress: '192.168.1.101',
    });
    const before = await pairs();
    await rejects(applied(region, plan), { code: 'plan.changedMeanwhile' });
    deepEqual(await pairs(), before);
  });

  it('release idle EIPs with their PTR records, and get the very addresses back', async () => {
    const allocationIds = [await eipOf(0), await eipOf(1)];
    const [AllocationId] = allocationIds;
    await unpaired('192.168.1.100');
    await unpaired('192.168.1.101');
    await region.ec2.modifyAddressAttribute({ AllocationId, DomainName: 'mail.example.com' });
    const before = await pairs();
    const plan = await prepareReleaseEips(region.ec2, { allocationIds });
    const outputs = await applied(region, plan);
    deepEqual(await pairs(), []);
    await undone(plan, outputs);
    deepEqual((await pairs()).toSorted(), before.toSorted());
    deepEqual([...(await readReverseDns(region.ec2)).values()], ['mail.example.com.']);
  });

  it('remove addresses and keep their EIPs, and put them back', async () => {
    const places = [{ networkInterfaceId: ids.eni, privateAddress: '192.168.1.101' }];
    const plan = await prepareRemovePairs(region.ec2, { places, eip: 'keep' });
    await thereAndBack(plan, async () => {
      const index = await read();
      deepEqual(
        index.pairsOfEni(ids.eni).map(({ address }) => address.address),
        ['192.168.1.100'],
      );
      equal(index.idleEips.length, 1);
    });
  });

  it('remove addresses with their EIPs, and never a primary one', async () => {
    const place = { networkInterfaceId: ids.eni, privateAddress: '192.168.1.101' };
    const before = await pairs();
    const plan = await prepareRemovePairs(region.ec2, { places: [place], eip: 'release' });
    const outputs = await applied(region, plan);
    equal((await pairs()).length, 1);
    await undone(plan, outputs);
    deepEqual((await pairs()).toSorted(), before.toSorted());
    const primary = { ...place, privateAddress: '192.168.1.100' };
    const failure = coreFailure('plan.primaryAddress', { address: '192.168.1.100' });
    await rejects(prepareRemovePairs(region.ec2, { places: [primary], eip: 'keep' }), failure);
  });

  it('release no EIP that is in use', async () => {
    const allocationIds = [await eipOf(0)];
    await rejects(prepareReleaseEips(region.ec2, { allocationIds }), { code: 'plan.inUse' });
  });

  it('set, replace and clear the reverse DNS name, each with its undo', async () => {
    const allocationId = await eipOf(0);
    const named = async () => [...(await readReverseDns(region.ec2)).values()];
    const prepared = (domainName?: string) =>
      prepareReverseDns(region.ec2, { allocationId, ...(domainName !== undefined && { domainName }) });
    await thereAndBack(await prepared('one.example.com'), async () => {
      deepEqual(await named(), ['one.example.com.']);
    });
    await applied(region, await prepared('one.example.com'));
    equal((await prepared('ONE.example.com.')).changes.length, 0);
    await thereAndBack(await prepared('two.example.com'), async () => {
      deepEqual(await named(), ['two.example.com.']);
    });
    await thereAndBack(await prepared(), async () => {
      deepEqual(await named(), []);
    });
    equal((await named())[0], 'one.example.com.');
  });

  it('attach a further ENI to an instance; the undo detaches and deletes it', async () => {
    const spec = { instanceId: ids.instance, subnetId: ids.subnet, groupIds: [ids.group], name: 'ENI-02' };
    const plan = await prepareAttachEni(region.ec2, { ...spec, addresses: { count: 2 } });
    await thereAndBack(plan, async () => {
      const { inventory } = await read();
      const added = inventory.enis.find(({ tags }) => tags['Name'] === 'ENI-02');
      deepEqual([added?.attachment?.instanceId, added?.attachment?.deviceIndex], [ids.instance, 1]);
      equal(added?.addresses.length, 2);
    });
  });

  it('launch on an ENI that is ready, and leave it there by their undo', async () => {
    const primary = '192.168.1.50';
    const { NetworkInterface } = await region.ec2.createNetworkInterface({
      SubnetId: ids.subnet,
      Groups: [ids.group],
      PrivateIpAddresses: [{ PrivateIpAddress: primary, Primary: true }],
    });
    const networkInterfaceId = NetworkInterface?.NetworkInterfaceId ?? '';
    const plan = await prepareLaunch(region.ec2, { ...machine, on: { networkInterfaceId } });
    await thereAndBack(plan, async () => {
      equal((await read()).enis.get(networkInterfaceId)?.attachment?.deviceIndex, 0);
    });
    const taken = { ...machine, on: { networkInterfaceId: ids.eni } };
    const failure = coreFailure('plan.inUse', { what: 'network interface', id: ids.eni });
    await rejects(prepareLaunch(region.ec2, taken), failure);
  });

  for (const [how, addresses] of [
    ['by count', { count: 3 }],
    ['by address', { explicit: ['192.168.1.60', '192.168.1.7', '192.168.1.8'] }],
  ] as const) {
    it(`launch with an ENI that the launch makes, addresses ${how}`, async () => {
      const on = { subnetId: ids.subnet, groupIds: [ids.group], addresses };
      const plan = await prepareLaunch(region.ec2, { ...machine, on });
      await thereAndBack(plan, async () => {
        const index = await read();
        const launched = index.inventory.instances.find(
          ({ tags, state }) => tags['Name'] === machine.name && state === 'running',
        );
        const made = index.enis.get(launched?.eniIds[0] ?? '');
        equal(made?.attachment?.deleteOnTermination, true);
        const held = made.addresses.map(({ address }) => address);
        equal(held.length, 3);
        if ('explicit' in addresses) deepEqual(held.toSorted(), addresses.explicit.toSorted());
      });
    });
  }

  it('launch with a key that the plan imports, which is gone again by its undo', async () => {
    const on = { subnetId: ids.subnet, groupIds: [ids.group], addresses: { count: 1 } };
    const { publicKey = '' } = walkStack().instance.key ?? {};
    const plan = await prepareLaunch(region.ec2, { ...machine, on, key: { name: 'imported', publicKey } });
    await thereAndBack(plan, async () => {
      const { instances, keyPairs } = (await read()).inventory;
      equal(
        keyPairs.some(({ name }) => name === 'imported'),
        true,
      );
      equal(
        instances.some(({ keyName, state }) => keyName === 'imported' && state === 'running'),
        true,
      );
    });
  });

  it('tear down what they made, PTR records and all, in one run', async () => {
    const allocationId = await eipOf(0);
    const domainName = 'mail.example.com';
    await applied(region, await prepareReverseDns(region.ec2, { allocationId, domainName }));
    const vpcId = (await read()).enis.get(ids.eni)?.vpcId ?? '';
    await applied(region, await prepareTeardown(region.ec2, { vpcId }));
    const { inventory } = await read();
    deepEqual(
      [inventory.eips, inventory.enis, inventory.vpcs.filter(({ id }) => id === vpcId)],
      [[], [], []],
    );
  });
});

const machine = {
  imageId: debianImage,
  instanceType: 't3.small',
  key: { name: 'standalone' },
  shutdownBehavior: 'stop',
  name: 'second',
} as const;
