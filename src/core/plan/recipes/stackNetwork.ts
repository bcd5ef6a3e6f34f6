import { CoreError } from '../../base/errors.ts';
import { checkAddresses, parseCidr, parseSubnetCidr } from '../../model/addresses.ts';
import type { InventoryIndex } from '../../model/inventoryIndex.ts';
import type { RouteTable, Subnet, Vpc } from '../../model/network.ts';
import type { Value } from '../plan.ts';
import { type PlanBuilder, output } from '../planBuilder.ts';
import { routeTags } from './addedRoute.ts';
import type { StackSpec } from './createStack.ts';
import { requireSubnet } from './newEni.ts';
import { requireFreeAddresses } from './pairing.ts';

/** A VPC that is there already, and what else of it a new stack is to use. */
export interface StackPlace {
  readonly vpcId: string;
  readonly subnetId?: string;
  readonly groupId?: string;
}

/** Where a stack's ENI goes, and the changes after which EIPs can be paired there. */
export interface StackNetwork {
  readonly subnetId: Value;
  readonly groupIds: readonly Value[];
  readonly gateway: readonly string[];
  /** Tags for its ENI. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Every address. */
export const ANYWHERE = '0.0.0.0/0';

/** Adds a network of its own. */
export function addNewNetwork(plan: PlanBuilder, spec: StackSpec): StackNetwork {
  const vpcId = output('vpc', 'vpcId');
  plan.add('vpc', 'createVpc', spec.vpc);
  const internetGatewayId = output('gateway', 'internetGatewayId');
  plan.add('gateway', 'createInternetGateway', spec.internetGateway);
  plan.add('subnet', 'createSubnet', { ...spec.subnet, vpcId });
  plan.add('attach', 'attachInternetGateway', { internetGatewayId, vpcId });
  plan.add('route', 'createRoute', { vpcId, destination: ANYWHERE, internetGatewayId }, ['attach']);
  const groupIds = [addGroup(plan, spec, vpcId)];
  return { subnetId: output('subnet', 'subnetId'), groupIds, gateway: ['attach'] };
}

/** Adds what is missing of a network in a VPC that is there; throws where the stack could not work in it. */
export function addNetworkInside(
  plan: PlanBuilder,
  spec: StackSpec,
  place: StackPlace,
  index: InventoryIndex,
): StackNetwork {
  const vpc = index.vpcs.get(place.vpcId);
  if (vpc === undefined) throw new CoreError('plan.notFound', { what: 'VPC', id: place.vpcId });
  const subnet = place.subnetId === undefined ? undefined : subnetIn(vpc, place.subnetId, index);
  if (subnet === undefined) checkNewSubnet(spec, vpc, index);
  else checkSubnet(spec, subnet, index);
  const way = addWayOut(plan, spec, { vpc, subnet }, index);
  const { id: vpcId } = vpc;
  if (subnet === undefined) plan.add('subnet', 'createSubnet', { ...spec.subnet, vpcId });
  const groupId = place.groupId === undefined ? addNewGroup(plan, spec, vpc, index) : groupIn(place, index);
  return { subnetId: subnet?.id ?? output('subnet', 'subnetId'), groupIds: [groupId], ...way };
}

function subnetIn({ id }: Vpc, subnetId: string, index: InventoryIndex): Subnet {
  const subnet = requireSubnet(index, subnetId);
  if (subnet.vpcId !== id) throw new CoreError('plan.notFound', { what: 'subnet', id: subnetId });
  return subnet;
}

function groupIn({ vpcId, groupId = '' }: StackPlace, index: InventoryIndex): string {
  if (index.securityGroups.get(groupId)?.vpcId !== vpcId) {
    throw new CoreError('plan.notFound', { what: 'security group', id: groupId });
  }
  return groupId;
}

function checkSubnet({ eni }: StackSpec, subnet: Subnet, index: InventoryIndex): void {
  const addresses = [eni.primary, ...eni.secondaries];
  checkAddresses(addresses, parseCidr(subnet.cidr), index.holdersInSubnet(subnet.id));
  requireFreeAddresses(subnet, addresses.length);
}

/** Checks the range of a subnet that is to be made in a VPC that is there. */
export function checkNewSubnet({ subnet }: Pick<StackSpec, 'subnet'>, vpc: Vpc, index: InventoryIndex): void {
  const wanted = parseSubnetCidr(subnet.cidr, vpc.cidrs);
  for (const { cidr } of index.subnetsOfVpc(vpc.id)) {
    const { first, last, text } = parseCidr(cidr);
    if (first <= wanted.last && wanted.first <= last) {
      throw new CoreError('cidr.overlaps', { subnet: wanted.text, other: text });
    }
  }
}

interface Where {
  readonly vpc: Vpc;
  /** Absent where it is to be made. */
  readonly subnet: Subnet | undefined;
}

/** Adds the gateway and the route that are missing; a way out that leads elsewhere is somebody's and stays. */
function addWayOut(
  plan: PlanBuilder,
  spec: StackSpec,
  where: Where,
  index: InventoryIndex,
): Pick<StackNetwork, 'gateway' | 'tags'> {
  const { id: vpcId } = where.vpc;
  const attached = index.inventory.internetGateways.find(({ vpcIds }) => vpcIds.includes(vpcId));
  const table = tableOf(where, index);
  const out = table?.routes.find(({ destination }) => destination === ANYWHERE);
  if (out !== undefined && (out.target !== attached?.id || out.state === 'blackhole')) {
    const [what, id] = where.subnet === undefined ? ['VPC', vpcId] : ['subnet', where.subnet.id];
    throw new CoreError('plan.notPublic', { what, id, target: out.target });
  }
  const internetGatewayId = attached?.id ?? output('gateway', 'internetGatewayId');
  const gateway: string[] = [];
  if (attached === undefined) {
    plan.add('gateway', 'createInternetGateway', spec.internetGateway);
    gateway.push(plan.add('attach', 'attachInternetGateway', { internetGatewayId, vpcId }));
  }
  if (out !== undefined) return { gateway };
  const route = { vpcId, destination: ANYWHERE, internetGatewayId };
  const routeTableId = table?.id;
  plan.add('route', 'createRoute', routeTableId === undefined ? route : { ...route, routeTableId }, gateway);
  // One to a gateway that the plan makes itself goes with that.
  if (attached === undefined || routeTableId === undefined) return { gateway };
  return { gateway, tags: routeTags({ routeTableId, destination: ANYWHERE, target: attached.id }) };
}

/** A new subnet is served by the VPC's main table. */
function tableOf({ vpc, subnet }: Where, index: InventoryIndex): RouteTable | undefined {
  if (subnet !== undefined) return index.routeTableOfSubnet(subnet.id);
  return index.inventory.routeTables.find(({ isMain, vpcId }) => isMain && vpcId === vpc.id);
}

function addNewGroup(plan: PlanBuilder, spec: StackSpec, vpc: Vpc, index: InventoryIndex): Value {
  const { name } = spec.securityGroup;
  if (index.inventory.securityGroups.some((group) => group.vpcId === vpc.id && group.name === name)) {
    throw new CoreError('plan.nameTaken', { what: 'security group', name });
  }
  return addGroup(plan, spec, vpc.id);
}

function addGroup(plan: PlanBuilder, { securityGroup }: StackSpec, vpcId: Value): Value {
  const { name, description, ports } = securityGroup;
  const groupId = output(plan.add('group', 'createSecurityGroup', { vpcId, name, description }), 'groupId');
  if (ports.length > 0) plan.add('ports', 'openPorts', { groupId, ports });
  return groupId;
}
