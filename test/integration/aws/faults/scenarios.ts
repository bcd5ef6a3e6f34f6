import { readInventory } from '../../../../src/core/aws/inventory.ts';
import { type InventoryIndex, indexInventory } from '../../../../src/core/model/inventoryIndex.ts';
import type { Plan } from '../../../../src/core/plan/plan.ts';
import {
  prepareAddPairs,
  preparePair,
  prepareStack,
  prepareTeardown,
  prepareUnpair,
} from '../../../../src/core/plan/preflight.ts';
import {
  prepareAttachEni,
  prepareLaunch,
  prepareMend,
  prepareMove,
  prepareReleaseEips,
  prepareRemovePairs,
  prepareRestart,
  prepareReverseDns,
} from '../../../../src/core/plan/preparations.ts';
import { foreignThings } from '../../../../src/core/plan/recipes/teardownSelection.ts';
import { debianImage } from '../../../lab/emulator/emulator.ts';
import { type Region, applied, walkStack } from '../region.ts';

/** One use of a recipe: makes what must be there first, and plans. */
export interface Scenario {
  readonly name: string;
  readonly plan: (region: Region) => Promise<Plan>;
  /** Whether it brings about states that come and go, of which nothing but the journal tells who did. */
  readonly passes?: true;
}

const FIRST = '192.168.1.100';
const SECOND = '192.168.1.101';
const DOMAIN = 'mail.example.com';

/** In one Availability Zone, so that two runs come out the same. */
function stackSpec(): ReturnType<typeof walkStack> {
  const spec = walkStack();
  const instance = { ...spec.instance, instanceType: 't3.small' };
  return { ...spec, instance, subnet: { ...spec.subnet, availabilityZone: 'us-east-1a' } };
}

interface Stack {
  readonly id: string;
  readonly vpc: string;
  readonly eni: string;
  readonly instance: string;
  readonly subnet: string;
  readonly group: string;
  readonly index: InventoryIndex;
}

async function stackIn(region: Region): Promise<Stack> {
  const plan = await prepareStack(region.ec2, stackSpec());
  const made = await applied(region, plan);
  const idOf = (change: string, name: string): string => made.get(change)?.[name] ?? '';
  return {
    id: plan.id,
    vpc: idOf('vpc', 'vpcId'),
    eni: idOf('eni', 'networkInterfaceId'),
    instance: idOf('instance', 'instanceId'),
    subnet: idOf('subnet', 'subnetId'),
    group: idOf('group', 'groupId'),
    index: indexInventory(await readInventory(region.ec2)),
  };
}

function eipAt({ index, eni }: Stack, address: string): string {
  return index.pairsOfEni(eni).find((pair) => pair.address.address === address)?.eip?.allocationId ?? '';
}

async function unpaired(region: Region, { eni }: Stack, eip: 'keep' | 'release'): Promise<void> {
  const spec = { networkInterfaceId: eni, privateAddress: SECOND, eip, address: 'keep' } as const;
  await applied(region, await prepareUnpair(region.ec2, spec));
}

async function named(region: Region, AllocationId: string): Promise<void> {
  await region.ec2.modifyAddressAttribute({ AllocationId, DomainName: DOMAIN });
}

/** Every recipe that changes AWS. */
export const SCENARIOS: readonly Scenario[] = [
  { name: 'createStack', plan: ({ ec2 }) => prepareStack(ec2, stackSpec()) },
  {
    name: 'addPairs',
    plan: async (region) => {
      const { eni } = await stackIn(region);
      return prepareAddPairs(region.ec2, { networkInterfaceId: eni, addresses: { count: 2 } });
    },
  },
  {
    name: 'createStack in a chosen VPC, subnet and group, on idle EIPs',
    plan: async (region) => {
      const { vpc, subnet, group } = await stackIn(region);
      const eips = [await region.ec2.allocateAddress({}), await region.ec2.allocateAddress({})];
      const spec = stackSpec();
      return prepareStack(region.ec2, {
        ...spec,
        inside: { vpcId: vpc, subnetId: subnet, groupId: group },
        eips: eips.map(({ AllocationId = '' }) => AllocationId),
        eni: { ...spec.eni, primary: '192.168.1.50', secondaries: ['192.168.1.51'] },
        instance: { ...spec.instance, key: { name: 'standalone' } },
      });
    },
  },
  {
    name: 'createStack in a bare VPC',
    plan: async (region) => {
      const { Vpc } = await region.ec2.createVpc({ CidrBlock: '192.168.0.0/16' });
      return prepareStack(region.ec2, { ...stackSpec(), inside: { vpcId: Vpc?.VpcId ?? '' } });
    },
  },
  {
    name: 'addPairs by address, on idle EIPs',
    plan: async (region) => {
      const { eni } = await stackIn(region);
      const eips = [await region.ec2.allocateAddress({}), await region.ec2.allocateAddress({})];
      return prepareAddPairs(region.ec2, {
        networkInterfaceId: eni,
        addresses: { explicit: ['192.168.1.150', '192.168.1.7'] },
        eips: eips.map(({ AllocationId = '' }) => AllocationId),
      });
    },
  },
  {
    name: 'pair (new EIP)',
    plan: async (region) => {
      const stack = await stackIn(region);
      await unpaired(region, stack, 'release');
      return preparePair(region.ec2, { networkInterfaceId: stack.eni, privateAddress: SECOND });
    },
  },
  {
    name: 'pair (idle EIP)',
    plan: async (region) => {
      const stack = await stackIn(region);
      await unpaired(region, stack, 'keep');
      const allocationId = eipAt(stack, SECOND);
      return preparePair(region.ec2, { networkInterfaceId: stack.eni, privateAddress: SECOND, allocationId });
    },
  },
  {
    name: 'unpair',
    plan: async (region) => {
      const stack = await stackIn(region);
      await named(region, eipAt(stack, SECOND));
      const spec = { networkInterfaceId: stack.eni, privateAddress: SECOND } as const;
      return prepareUnpair(region.ec2, { ...spec, eip: 'release', address: 'remove' });
    },
  },
  {
    name: 'removePairs',
    plan: async (region) => {
      const { eni } = await stackIn(region);
      const places = [{ networkInterfaceId: eni, privateAddress: SECOND }];
      return prepareRemovePairs(region.ec2, { places, eip: 'release' });
    },
  },
  {
    name: 'removePairs, EIPs kept',
    plan: async (region) => {
      const { eni } = await stackIn(region);
      const places = [{ networkInterfaceId: eni, privateAddress: SECOND }];
      return prepareRemovePairs(region.ec2, { places, eip: 'keep' });
    },
  },
  {
    name: 'moveEip',
    plan: async (region) => {
      const stack = await stackIn(region);
      await unpaired(region, stack, 'keep');
      const to = { networkInterfaceId: stack.eni, privateAddress: SECOND };
      return prepareMove(region.ec2, { allocationId: eipAt(stack, FIRST), to });
    },
  },
  {
    name: 'releaseEips',
    plan: async (region) => {
      const stack = await stackIn(region);
      await named(region, eipAt(stack, SECOND));
      await unpaired(region, stack, 'keep');
      return prepareReleaseEips(region.ec2, { allocationIds: [eipAt(stack, SECOND)] });
    },
  },
  {
    name: 'attachEni',
    plan: async (region) => {
      const { instance, subnet, group } = await stackIn(region);
      const place = { subnetId: subnet, groupIds: [group], addresses: { explicit: ['192.168.1.50'] } };
      return prepareAttachEni(region.ec2, { ...place, instanceId: instance, name: 'second' });
    },
  },
  {
    name: 'launch',
    plan: async (region) => {
      const { subnet, group } = await stackIn(region);
      return prepareLaunch(region.ec2, {
        on: {
          subnetId: subnet,
          groupIds: [group],
          addresses: { explicit: ['192.168.1.50', '192.168.1.51'] },
        },
        imageId: debianImage,
        instanceType: 't3.micro',
        shutdownBehavior: 'stop',
        name: 'second',
      });
    },
  },
  {
    name: 'launch on a ready ENI',
    plan: async (region) => {
      const { subnet, group } = await stackIn(region);
      const { NetworkInterface } = await region.ec2.createNetworkInterface({
        SubnetId: subnet,
        Groups: [group],
        PrivateIpAddresses: [{ PrivateIpAddress: '192.168.1.50', Primary: true }],
      });
      return prepareLaunch(region.ec2, {
        on: { networkInterfaceId: NetworkInterface?.NetworkInterfaceId ?? '' },
        imageId: debianImage,
        instanceType: 't3.micro',
        shutdownBehavior: 'stop',
        name: 'second',
      });
    },
  },
  {
    name: 'reverseDns cleared',
    plan: async (region) => {
      const allocationId = eipAt(await stackIn(region), FIRST);
      await named(region, allocationId);
      return prepareReverseDns(region.ec2, { allocationId });
    },
  },
  {
    name: 'reverseDns',
    plan: async (region) => {
      const allocationId = eipAt(await stackIn(region), FIRST);
      return prepareReverseDns(region.ec2, { allocationId, domainName: DOMAIN });
    },
  },
  {
    name: 'restart by stop and start',
    passes: true,
    plan: async (region) => {
      const { instance } = await stackIn(region);
      return prepareRestart(region.ec2, { instanceId: instance, how: 'stopAndStart' });
    },
  },
  {
    name: 'mend a way out',
    plan: async (region) => {
      const stack = await stackIn(region);
      const [table] = stack.index.inventory.routeTables.filter(({ vpcId }) => vpcId === stack.vpc);
      const [gateway] = stack.index.inventory.internetGateways;
      const pairs = [FIRST, SECOND].map((privateAddress) => ({
        allocationId: eipAt(stack, privateAddress),
        networkInterfaceId: stack.eni,
        privateAddress,
      }));
      for (const { association } of stack.index.inventory.eips) {
        await region.ec2.disassociateAddress({ AssociationId: association?.associationId });
      }
      const route = { RouteTableId: table?.id, DestinationCidrBlock: '0.0.0.0/0' };
      await region.ec2.deleteRoute(route);
      const InternetGatewayId = gateway?.id;
      await region.ec2.detachInternetGateway({ InternetGatewayId, VpcId: stack.vpc });
      await region.ec2.deleteInternetGateway({ InternetGatewayId });
      const place = { vpcId: stack.vpc, routeTableId: table?.id ?? '' };
      return prepareMend(region.ec2, { what: 'gateway', ...place, pairs });
    },
  },
  {
    name: 'mend a route that leads nowhere',
    plan: async (region) => {
      const { vpc, index } = await stackIn(region);
      const [table] = index.inventory.routeTables.filter(({ vpcId }) => vpcId === vpc);
      for (const { association } of index.inventory.eips) {
        await region.ec2.disassociateAddress({ AssociationId: association?.associationId });
      }
      const old = index.inventory.internetGateways[0]?.id;
      await region.ec2.detachInternetGateway({ InternetGatewayId: old, VpcId: vpc });
      const { InternetGateway } = await region.ec2.createInternetGateway({});
      const gatewayId = InternetGateway?.InternetGatewayId ?? '';
      await region.ec2.attachInternetGateway({ InternetGatewayId: gatewayId, VpcId: vpc });
      const route = { destination: '0.0.0.0/0', ...(old !== undefined && { replaces: old }) };
      const place = { vpcId: vpc, routeTableId: table?.id ?? '', gatewayId };
      return prepareMend(region.ec2, { what: 'route', ...place, ...route });
    },
  },
  {
    name: 'mend a security group',
    plan: async (region) => {
      const { group } = await stackIn(region);
      const port = { protocol: 'tcp', fromPort: 8080, toPort: 8080, source: '0.0.0.0/0' } as const;
      return prepareMend(region.ec2, { what: 'ports', groupId: group, direction: 'ingress', ports: [port] });
    },
  },
  {
    name: 'mend a stopped instance',
    passes: true,
    plan: async (region) => {
      const { instance } = await stackIn(region);
      await region.ec2.stopInstances({ InstanceIds: [instance] });
      return prepareMend(region.ec2, { what: 'start', instanceId: instance });
    },
  },
  {
    name: 'mend a network ACL',
    plan: async (region) => {
      const { vpc } = await stackIn(region);
      const { NetworkAcls = [] } = await region.ec2.describeNetworkAcls({
        Filters: [{ Name: 'vpc-id', Values: [vpc] }],
      });
      const entry = { ruleNumber: 90, egress: false, cidr: '0.0.0.0/0', fromPort: 80, toPort: 80 };
      const networkAclId = NetworkAcls[0]?.NetworkAclId ?? '';
      return prepareMend(region.ec2, { what: 'acl', entry: { networkAclId, ...entry } });
    },
  },
  {
    name: 'teardown',
    plan: async (region) => {
      const stack = await stackIn(region);
      await named(region, eipAt(stack, SECOND));
      return prepareTeardown(region.ec2, { planId: stack.id });
    },
  },
  {
    name: "teardown of others' things, named",
    plan: async (region) => {
      const { Vpc } = await region.ec2.createVpc({ CidrBlock: '192.168.1.0/24' });
      const vpcId = Vpc?.VpcId ?? '';
      const { InternetGateway } = await region.ec2.createInternetGateway({});
      const InternetGatewayId = InternetGateway?.InternetGatewayId ?? '';
      await region.ec2.attachInternetGateway({ InternetGatewayId, VpcId: vpcId });
      const place = { VpcId: vpcId, CidrBlock: '192.168.1.0/24' };
      const { Subnet } = await region.ec2.createSubnet(place);
      const { NetworkInterface } = await region.ec2.createNetworkInterface({ SubnetId: Subnet?.SubnetId });
      const { AllocationId } = await region.ec2.allocateAddress({});
      const NetworkInterfaceId = NetworkInterface?.NetworkInterfaceId;
      await region.ec2.associateAddress({ AllocationId, NetworkInterfaceId });
      const index = indexInventory(await readInventory(region.ec2));
      return prepareTeardown(region.ec2, {
        vpcId,
        named: foreignThings(vpcId, index).map(({ id }) => id),
      });
    },
  },
];
