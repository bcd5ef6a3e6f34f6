import { formatAddress, parseCidr } from './addresses.ts';
import type {
  Eip,
  Eni,
  Instance,
  Inventory,
  PrivateAddress,
  RouteTable,
  SecurityGroup,
  Subnet,
  Vpc,
} from './network.ts';

/** A private address together with its ENI and, where the account owns it, its EIP. */
export interface AddressPair {
  readonly eni: Eni;
  readonly address: PrivateAddress;
  readonly eip?: Eip;
}

/** Answers to the questions that views and recipes ask of an inventory, looked up instead of searched for. */
export interface InventoryIndex {
  readonly inventory: Inventory;
  readonly vpcs: ReadonlyMap<string, Vpc>;
  readonly subnets: ReadonlyMap<string, Subnet>;
  readonly enis: ReadonlyMap<string, Eni>;
  readonly instances: ReadonlyMap<string, Instance>;
  readonly securityGroups: ReadonlyMap<string, SecurityGroup>;
  /** By allocation id. */
  readonly eips: ReadonlyMap<string, Eip>;
  /** EIPs that cost money and serve nothing. */
  readonly idleEips: readonly Eip[];
  enisOfVpc(vpcId: string): readonly Eni[];
  subnetsOfVpc(vpcId: string): readonly Subnet[];
  /** The ENI's addresses in its own order, the primary one first. */
  pairsOfEni(networkInterfaceId: string): readonly AddressPair[];
  /** The table that serves a subnet: its own or else the VPC's main one. */
  routeTableOfSubnet(subnetId: string): RouteTable | undefined;
  /** Private address → id of the ENI that holds it. */
  holdersInSubnet(subnetId: string): ReadonlyMap<string, string>;
}

/** Builds the index of an inventory, once. */
export function indexInventory(inventory: Inventory): InventoryIndex {
  const enis = byId(inventory.enis);
  const eips = new Map(inventory.eips.map((eip) => [eip.allocationId, eip]));
  const subnets = byId(inventory.subnets);
  const enisByVpc = groupBy(inventory.enis, (eni) => eni.vpcId);
  const enisBySubnet = groupBy(inventory.enis, (eni) => eni.subnetId);
  const subnetsByVpc = groupBy(inventory.subnets, (subnet) => subnet.vpcId);
  const tables = routeTables(inventory.routeTables);
  return {
    inventory,
    vpcs: byId(inventory.vpcs),
    subnets,
    enis,
    instances: byId(inventory.instances),
    securityGroups: byId(inventory.securityGroups),
    eips,
    idleEips: inventory.eips.filter((eip) => eip.association === undefined),
    enisOfVpc: (vpcId) => enisByVpc.get(vpcId) ?? [],
    subnetsOfVpc: (vpcId) => subnetsByVpc.get(vpcId) ?? [],
    pairsOfEni: (id) => {
      const eni = enis.get(id);
      return eni === undefined ? [] : eni.addresses.map((address) => pairOf(eni, address, eips));
    },
    routeTableOfSubnet: (subnetId) =>
      tables.bySubnet.get(subnetId) ?? tables.mainByVpc.get(subnets.get(subnetId)?.vpcId ?? ''),
    holdersInSubnet: (subnetId) => holders(enisBySubnet.get(subnetId) ?? []),
  };
}

function byId<T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}

// Map.groupBy is missing from Node 20, which older VS Code servers run on.
function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

function pairOf(eni: Eni, address: PrivateAddress, eips: ReadonlyMap<string, Eip>): AddressPair {
  const eip = eips.get(address.association?.allocationId ?? '');
  return eip === undefined ? { eni, address } : { eni, address, eip };
}

function routeTables(tables: readonly RouteTable[]): {
  readonly bySubnet: ReadonlyMap<string, RouteTable>;
  readonly mainByVpc: ReadonlyMap<string, RouteTable>;
} {
  const bySubnet = new Map(
    tables.flatMap((table) => table.associations.map(({ subnetId }) => [subnetId, table] as const)),
  );
  const mainByVpc = new Map(
    tables.filter((table) => table.isMain).map((table) => [table.vpcId, table] as const),
  );
  return { bySubnet, mainByVpc };
}

function holders(enis: readonly Eni[]): ReadonlyMap<string, string> {
  return new Map(enis.flatMap((eni) => addressesHeld(eni).map((address) => [address, eni.id] as const)));
}

function addressesHeld({ addresses, prefixes = [] }: Eni): readonly string[] {
  const ranges = prefixes.map(parseCidr);
  const inRanges = ranges.flatMap(({ first, last }) =>
    Array.from({ length: last - first + 1 }, (_, offset) => formatAddress(first + offset)),
  );
  return [...addresses.map(({ address }) => address), ...inRanges];
}
