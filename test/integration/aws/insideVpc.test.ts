import { deepEqual, equal, rejects } from 'node:assert/strict';
import { awsHandlers } from '../../../src/core/plan/changes/awsHandlers.ts';
import { newPlanIdentity, planBuilder } from '../../../src/core/plan/planBuilder.ts';
import { prepareStack, prepareTeardown } from '../../../src/core/plan/preflight.ts';
import type { StackSpec } from '../../../src/core/plan/recipes/createStack.ts';
import type { StackPlace } from '../../../src/core/plan/recipes/stackNetwork.ts';
import { readIndex } from '../../../src/core/plan/regionFacts.ts';
import { sparingOthers } from '../../../src/core/plan/sparingOthers.ts';
import { undoPlan } from '../../../src/core/plan/undo.ts';
import { coreFailure } from '../../unit/core/coreFailure.ts';
import { type Region, applied, startRegion, walkStack } from './region.ts';
import { shapeDifference, stateShape } from './stateShape.ts';

describe('a stack inside what is there', function () {
  this.timeout(120_000);
  let region: Region;
  let vpcId: string;

  before(async () => (region = await startRegion()));
  after(() => region.stop());
  beforeEach(async () => {
    await region.reset();
    await region.emulator.setQuota(8);
    const { Vpc } = await region.ec2.createVpc({ CidrBlock: '10.0.0.0/16' });
    vpcId = Vpc?.VpcId ?? '';
  });

  const shape = async () => stateShape(await region.emulator.state());
  const subnetOf = async (CidrBlock = '10.0.1.0/24') =>
    (await region.ec2.createSubnet({ VpcId: vpcId, CidrBlock })).Subnet?.SubnetId ?? '';
  const groupOf = async (GroupName = 'web') =>
    (await region.ec2.createSecurityGroup({ VpcId: vpcId, GroupName, Description: 'x' })).GroupId ?? '';
  const tableOf = async () => {
    const { RouteTables } = await region.emulator.state();
    return RouteTables.find(({ VpcId }) => VpcId === vpcId);
  };
  const withGateway = async () => {
    const { InternetGateway } = await region.ec2.createInternetGateway({});
    const InternetGatewayId = InternetGateway?.InternetGatewayId ?? '';
    await region.ec2.attachInternetGateway({ InternetGatewayId, VpcId: vpcId });
    return InternetGatewayId;
  };
  const routed = async (GatewayId: string) => {
    const RouteTableId = (await tableOf())?.RouteTableId;
    await region.ec2.createRoute({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0', GatewayId });
  };
  const spec = (place: Omit<StackPlace, 'vpcId'> = {}, more: Partial<StackSpec> = {}): StackSpec => {
    const stack = walkStack();
    return {
      ...stack,
      subnet: { ...stack.subnet, cidr: '10.0.1.0/24' },
      eni: { ...stack.eni, primary: '10.0.1.100', secondaries: ['10.0.1.101'] },
      inside: { vpcId, ...place },
      ...more,
    };
  };
  const kindsOf = async (wanted: StackSpec) =>
    (await prepareStack(region.ec2, wanted)).changes.map(({ kind }) => kind);
  /** Makes it, and takes it away again by its undo and by a teardown; what was there must be as it was. */
  const thereAndBack = async (wanted: StackSpec) => {
    const before = await shape();
    const plan = await prepareStack(region.ec2, wanted);
    const outputs = await applied(region, plan);
    const state = await region.emulator.state();
    const eni = state.NetworkInterfaces.find(({ Description }) => Description === wanted.eni.description);
    equal(eni?.VpcId, vpcId);
    equal(eni.Attachment?.InstanceId, outputs.get('instance')?.['instanceId']);
    equal(eni.PrivateIpAddresses?.filter(({ Association }) => Association?.AllocationId).length, 2);
    await applied(region, undoPlan(plan, outputs, awsHandlers(region.ec2), newPlanIdentity()));
    const without = (lines: readonly string[]) => lines.filter((line) => !line.startsWith('Instances '));
    deepEqual(without(await shape()), without(before));
    const again = await prepareStack(region.ec2, wanted);
    await applied(region, again);
    await applied(region, await prepareTeardown(region.ec2, { planId: again.id }));
    deepEqual(without(await shape()), without(before));
  };

  it('makes the gateway, the route, the subnet and the group that a VPC lacks', async () => {
    await thereAndBack(spec());
  });

  it('makes neither gateway nor route where the VPC has both', async () => {
    await routed(await withGateway());
    const kinds = await kindsOf(spec());
    deepEqual(
      kinds.filter((kind) => /Vpc|Gateway|Route/.test(kind)),
      [],
    );
    await thereAndBack(spec());
  });

  it('adds the route alone where the gateway is there', async () => {
    await withGateway();
    const kinds = await kindsOf(spec());
    deepEqual(
      kinds.filter((kind) => /Vpc|Gateway|Route/.test(kind)),
      ['createRoute'],
    );
    await thereAndBack(spec());
  });

  /** An ENI of somebody else's in a subnet of its own, with an EIP; gives its id. */
  const othersEni = async () => {
    const SubnetId = await subnetOf('10.0.2.0/24');
    const { NetworkInterface } = await region.ec2.createNetworkInterface({ SubnetId });
    const { AllocationId } = await region.ec2.allocateAddress({});
    const NetworkInterfaceId = NetworkInterface?.NetworkInterfaceId ?? '';
    await region.ec2.associateAddress({ AllocationId, NetworkInterfaceId });
    return NetworkInterfaceId;
  };
  const hasDefaultRoute = async () =>
    (await tableOf())?.Routes?.some(({ DestinationCidrBlock }) => DestinationCidrBlock === '0.0.0.0/0');

  it('leaves the route that it added where others have come to rely on it', async () => {
    await withGateway();
    const plan = await prepareStack(region.ec2, spec());
    await applied(region, plan);
    await othersEni();
    await applied(region, await prepareTeardown(region.ec2, { planId: plan.id }));
    equal(await hasDefaultRoute(), true);
  });

  it('leaves them their route, and the gateway behind it, when it is taken back', async () => {
    const before = await shape();
    const plan = await prepareStack(region.ec2, spec());
    const outputs = await applied(region, plan);
    const back = undoPlan(plan, outputs, awsHandlers(region.ec2), newPlanIdentity());
    deepEqual(sparingOthers(back, await readIndex(region.ec2, {})), back);
    const eni = await othersEni();
    const undo = sparingOthers(back, await readIndex(region.ec2, {}));
    deepEqual(undo.spared, { routes: ['0.0.0.0/0'], enis: [eni] });
    await applied(region, undo);
    const left = shapeDifference(await shape(), before).extra.map((line) => line.split(' ')[0]);
    const byThemselves = ['Instances', 'AddressAttributes', 'NetworkAcls'];
    deepEqual(
      left.filter((kind = '') => !byThemselves.includes(kind)),
      ['Addresses', 'InternetGateways', 'NetworkInterfaces', 'RouteTables', 'Subnets'],
    );
    equal(await hasDefaultRoute(), true);
  });

  it('takes back a route that was mended for what is there', async () => {
    const gateway = await withGateway();
    await othersEni();
    await routed(gateway);
    const routeTableId = (await tableOf())?.RouteTableId ?? '';
    const input = { routeTableId, destination: '0.0.0.0/0', target: gateway };
    const back = planBuilder();
    back.add('undo-route', 'deleteRoute', input);
    const index = await readIndex(region.ec2, {});
    const plan = back.build('createStack', index.inventory, newPlanIdentity());
    deepEqual(sparingOthers(plan, index), plan);
  });

  it('uses the subnet and the group that are chosen, and idle EIPs', async () => {
    await routed(await withGateway());
    const place = { subnetId: await subnetOf(), groupId: await groupOf() };
    const eips = [await region.ec2.allocateAddress({}), await region.ec2.allocateAddress({})];
    const wanted = spec(place, { eips: eips.map(({ AllocationId = '' }) => AllocationId) });
    const kinds = await kindsOf(wanted);
    deepEqual(kinds.toSorted(), [
      'associateEip',
      'associateEip',
      'createEni',
      'importKeyPair',
      'launchInstance',
    ]);
    await thereAndBack(wanted);
  });

  it('is refused where it could not work, or would be in the way, with nothing done', async () => {
    const gateway = await withGateway();
    const subnetId = await subnetOf();
    const groupId = await groupOf();
    const refused = async (wanted: StackSpec, failure: (error: unknown) => boolean) => {
      region.proxy.clear();
      await rejects(prepareStack(region.ec2, wanted), failure);
      deepEqual(region.mutations(), []);
    };
    const missing = { what: 'VPC', id: 'vpc-00000000000000000' };
    const elsewhere = { ...spec(), inside: { vpcId: missing.id } };
    await refused(elsewhere, coreFailure('plan.notFound', missing));
    const overlap = { subnet: '10.0.1.0/24', other: '10.0.1.0/24' };
    await refused(spec(), coreFailure('cidr.overlaps', overlap));
    const outside = { ...spec(), subnet: { name: 'x', cidr: '192.168.1.0/24' }, eni: walkStack().eni };
    await refused(outside, coreFailure('cidr.outsideVpc', { subnet: '192.168.1.0/24', vpc: '10.0.0.0/16' }));
    const named = { ...spec({ subnetId }), securityGroup: { ...spec().securityGroup, name: 'web' } };
    await refused(named, coreFailure('plan.nameTaken', { what: 'security group', name: 'web' }));
    const foreign = { what: 'security group', id: 'sg-00000000000000000' };
    await refused(spec({ subnetId, groupId: foreign.id }), coreFailure('plan.notFound', foreign));
    const { NetworkInterface: eni } = await region.ec2.createNetworkInterface({
      SubnetId: subnetId,
      PrivateIpAddress: '10.0.1.101',
    });
    const by = eni?.NetworkInterfaceId ?? '';
    await refused(spec({ subnetId, groupId }), coreFailure('address.taken', { address: '10.0.1.101', by }));
    await region.ec2.deleteNetworkInterface({ NetworkInterfaceId: by });
    await routed(gateway);
    await region.ec2.detachInternetGateway({ InternetGatewayId: gateway, VpcId: vpcId });
    const target = { what: 'subnet', id: subnetId, target: gateway };
    await refused(spec({ subnetId, groupId }), coreFailure('plan.notPublic', target));
  });
});
