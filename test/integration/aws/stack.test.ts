import { deepEqual, equal, notDeepEqual } from 'node:assert/strict';
import { readInventory } from '../../../src/core/aws/inventory.ts';
import { indexInventory } from '../../../src/core/model/inventoryIndex.ts';
import { awsHandlers } from '../../../src/core/plan/changes/awsHandlers.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { newPlanIdentity } from '../../../src/core/plan/planBuilder.ts';
import { prepareAddPairs, prepareStack, prepareTeardown } from '../../../src/core/plan/preflight.ts';
import { listStacks } from '../../../src/core/plan/stacks.ts';
import { undoPlan } from '../../../src/core/plan/undo.ts';
import { holdings } from '../../lab/emulator/state.ts';
import { type Region, applied, startRegion, tried, walkStack } from './region.ts';

describe('the whole stack', function () {
  this.timeout(300_000);
  let region: Region;
  let plan: Plan;

  before(async () => (region = await startRegion()));
  beforeEach(async () => {
    await region.reset();
    plan = await prepareStack(region.ec2, walkStack());
  });
  after(() => region.stop());

  const held = async () => holdings(await region.emulator.state());
  const read = async () => indexInventory(await readInventory(region.ec2));

  it('is planned without a change', () => {
    deepEqual(region.mutations(), []);
  });

  it('is made as the walk makes it', async () => {
    const outputs = await applied(region, plan);
    const id = (change: string, output: string): string => outputs.get(change)?.[output] ?? '';
    const state = await region.emulator.state();
    const vpcId = id('vpc', 'vpcId');
    const vpc = state.Vpcs.find((it) => it.VpcId === vpcId);
    equal(vpc?.CidrBlock, '192.168.1.0/24');
    const table = state.RouteTables.find((it) => it.VpcId === vpcId);
    deepEqual(
      table?.Routes?.map(({ DestinationCidrBlock, GatewayId }) => [DestinationCidrBlock, GatewayId]),
      [
        ['192.168.1.0/24', 'local'],
        ['0.0.0.0/0', id('gateway', 'internetGatewayId')],
      ],
    );
    const group = state.SecurityGroups.find((it) => it.GroupId === id('group', 'groupId'));
    equal(group?.Description, 'standalone in VPC');
    deepEqual(
      group.IpPermissions?.map(({ FromPort, ToPort, IpRanges }) => [FromPort, ToPort, IpRanges?.[0]?.CidrIp]),
      [22, 25, 80].map((port) => [port, port, '0.0.0.0/0']),
    );
    const instance = state.Instances.find((it) => it.InstanceId === id('instance', 'instanceId'));
    equal(instance?.InstanceInitiatedShutdownBehavior, 'stop');
    equal(instance.KeyName, 'standalone');
    equal(instance.InstanceType, 't3.micro');
    equal(instance.NetworkInterfaces?.[0]?.NetworkInterfaceId, id('eni', 'networkInterfaceId'));
  });

  it('shows its pairs in order, on both sides', async () => {
    const outputs = await applied(region, plan);
    const index = await read();
    const eniId = outputs.get('eni')?.['networkInterfaceId'] ?? '';
    const pairs = index.pairsOfEni(eniId);
    deepEqual(
      pairs.map(({ address, eip }) => [address.address, address.primary, eip?.allocationId]),
      [
        ['192.168.1.100', true, outputs.get('eip-1')?.['allocationId']],
        ['192.168.1.101', false, outputs.get('eip-2')?.['allocationId']],
      ],
    );
    for (const { address, eip } of pairs) {
      equal(address.association?.publicIp, eip?.publicIp);
      equal(eip?.association?.privateAddress, address.address);
      equal(eip.association.instanceId, outputs.get('instance')?.['instanceId']);
    }
    deepEqual(index.idleEips, []);
    const subnetId = outputs.get('subnet')?.['subnetId'] ?? '';
    equal(index.routeTableOfSubnet(subnetId)?.id, outputs.get('route')?.['routeTableId']);
  });

  it('carries the plan on all that it made', async () => {
    await applied(region, plan);
    const stacks = listStacks((await read()).inventory);
    deepEqual(
      stacks.map(({ planId, name, things }) => ({ planId, name, things })),
      [{ planId: plan.id, name: 'standalone', things: 9 }],
    );
  });

  it('takes any number of addresses that the type takes', async () => {
    const spec = walkStack();
    await region.emulator.setQuota(20);
    const secondaries = Array.from({ length: 11 }, (_, i) => `192.168.1.${String(101 + i)}`);
    const eni = { ...spec.eni, secondaries };
    const instance = { ...spec.instance, instanceType: 't3.large' };
    const outputs = await applied(region, await prepareStack(region.ec2, { ...spec, eni, instance }));
    const pairs = (await read()).pairsOfEni(outputs.get('eni')?.['networkInterfaceId'] ?? '');
    deepEqual(
      pairs.map(({ address, eip }) => [address.address, eip?.association?.privateAddress]),
      ['192.168.1.100', ...secondaries].map((address) => [address, address]),
    );
  });

  it('makes nothing again when a finished plan is applied again', async () => {
    const results = await applied(region, plan);
    region.proxy.clear();
    await applied(region, plan, { progress: { results, begun: new Set() } });
    deepEqual(region.mutations(), []);
  });

  it('leaves nothing behind when it is torn down', async () => {
    const before = await held();
    await applied(region, plan);
    notDeepEqual(await held(), before);
    await applied(region, await prepareTeardown(region.ec2, { planId: plan.id }));
    deepEqual(await held(), before);
  });

  it('leaves nothing behind when its VPC is torn down with pairs that were added', async () => {
    const before = await held();
    const spec = walkStack();
    const instance = { ...spec.instance, instanceType: 't3.small' };
    plan = await prepareStack(region.ec2, { ...spec, instance });
    const outputs = await applied(region, plan);
    const networkInterfaceId = outputs.get('eni')?.['networkInterfaceId'] ?? '';
    await applied(region, await prepareAddPairs(region.ec2, { networkInterfaceId, addresses: { count: 2 } }));
    const vpcId = outputs.get('vpc')?.['vpcId'] ?? '';
    await applied(region, await prepareTeardown(region.ec2, { vpcId }));
    deepEqual(await held(), before);
  });

  it('is taken back exactly by its undo', async () => {
    const before = await held();
    const outputs = await applied(region, plan);
    const undo = undoPlan(plan, outputs, awsHandlers(region.ec2), newPlanIdentity());
    await applied(region, undo);
    deepEqual(await held(), before);
  });

  it('stops where a change is refused, and what was made until then can be taken back', async () => {
    const before = await held();
    await region.emulator.setQuota(1);
    const outcome = await tried(region, plan);
    equal(outcome.state, 'failed');
    deepEqual(
      outcome.failures.map(({ change }) => change.kind),
      ['allocateEip'],
    );
    equal(outcome.outputs.has('instance'), false);
    await applied(region, undoPlan(plan, outcome.outputs, awsHandlers(region.ec2), newPlanIdentity()));
    await region.emulator.setQuota(5);
    deepEqual(await held(), before);
  });
});
