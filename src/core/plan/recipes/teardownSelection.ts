import { CoreError } from '../../base/errors.ts';
import type { InventoryIndex } from '../../model/inventoryIndex.ts';
import type {
  Eip,
  Eni,
  Instance,
  InternetGateway,
  KeyPair,
  RouteTable,
  SecurityGroup,
  Subnet,
  Tags,
  Vpc,
} from '../../model/network.ts';
import { planOf } from '../stacks.ts';

/**
 * What a teardown is about: all that one plan made, or all that is in one VPC.
 *
 * `named` are the ids of what no plan made there and a person has been told of: nothing else of others' goes.
 */
export type TeardownScope =
  { readonly planId: string } | { readonly vpcId: string; readonly named?: readonly string[] };

/** Everything that a teardown removes; `paired` are EIPs that are taken off, `released` those that are given back. */
export interface Selection {
  readonly vpcs: readonly Vpc[];
  readonly subnets: readonly Subnet[];
  readonly gateways: readonly InternetGateway[];
  readonly routeTables: readonly RouteTable[];
  readonly groups: readonly SecurityGroup[];
  readonly enis: readonly Eni[];
  readonly instances: readonly Instance[];
  readonly paired: readonly Eip[];
  readonly released: readonly Eip[];
  readonly keyPairs: readonly KeyPair[];
}

interface InVpc {
  readonly id: string;
  readonly vpcId?: string;
  readonly tags: Tags;
}

/**
 * Chooses what goes.
 *
 * @throws {CoreError} `plan.notFound`; `plan.managed` where a service's ENI is in the way; `plan.foreign` where what
 * goes is somebody else's, and was not named.
 */
export function selectForTeardown(scope: TeardownScope, index: InventoryIndex): Selection {
  const selection = select(scope, index);
  check(scope, selection, index);
  return selection;
}

/** What a teardown of a VPC would remove, or take off, that no plan made; for a person to be told of. */
export function foreignThings(vpcId: string, index: InventoryIndex): readonly ForeignThing[] {
  return foreignIn(select({ vpcId }, index));
}

/** A thing that is somebody else's; `what` is a kind such as `instance`. */
export interface ForeignThing {
  readonly what: string;
  readonly id: string;
  readonly name?: string | undefined;
}

function select(scope: TeardownScope, index: InventoryIndex): Selection {
  const { inventory } = index;
  const vpcs = inventory.vpcs.filter((vpc) => isWanted(scope, vpc, vpc.id));
  const vpcIds = new Set(vpcs.map(({ id }) => id));
  const goes = (thing: InVpc): boolean =>
    isWanted(scope, thing, undefined) || (thing.vpcId !== undefined && vpcIds.has(thing.vpcId));
  const enis = inventory.enis.filter(goes);
  const eniIds = new Set(enis.map(({ id }) => id));
  const ours = planIdsOf(scope, vpcs);
  const eips = inventory.eips.filter(
    (eip) => ours.has(planOf(eip) ?? '') || eniIds.has(eip.association?.networkInterfaceId ?? ''),
  );
  return {
    vpcs,
    subnets: inventory.subnets.filter(goes),
    gateways: inventory.internetGateways.filter((gateway) =>
      gateway.vpcIds.length === 0
        ? isWanted(scope, gateway, undefined)
        : goes({ ...gateway, vpcId: gateway.vpcIds[0] ?? '' }),
    ),
    routeTables: inventory.routeTables.filter((table) => goes(table) && !table.isMain),
    groups: inventory.securityGroups.filter((group) => goes(group) && group.name !== 'default'),
    enis,
    instances: inventory.instances.filter((instance) => instance.state !== 'terminated' && goes(instance)),
    paired: eips.filter(({ association }) => association !== undefined),
    // What somebody else allocated is taken off and kept.
    released: eips.filter((eip) => planOf(eip) !== undefined),
    keyPairs: inventory.keyPairs.filter((key) => ours.has(planOf(key) ?? '')),
  };
}

function foreignIn(selection: Selection): readonly ForeignThing[] {
  const { vpcs, subnets, gateways, routeTables, groups, enis, instances, paired } = selection;
  const own = new Set(instances.filter((instance) => planOf(instance) !== undefined).map(({ id }) => id));
  const kinds: readonly (readonly [string, readonly InVpc[]])[] = [
    ['VPC', vpcs],
    ['instance', instances],
    ['network interface', enis.filter((eni) => !own.has(eni.attachment?.instanceId ?? ''))],
    ['Elastic IP', paired.map((eip) => ({ id: eip.publicIp, tags: eip.tags }))],
    ['security group', groups],
    ['internet gateway', gateways],
    ['route table', routeTables],
    ['subnet', subnets],
  ];
  return kinds.flatMap(([what, things]) =>
    things
      .filter((thing) => planOf(thing) === undefined)
      .map(({ id, tags }) => ({ what, id, name: tags['Name'] })),
  );
}

function isWanted(scope: TeardownScope, thing: { readonly tags: Tags }, vpcId: string | undefined): boolean {
  return 'vpcId' in scope ? vpcId === scope.vpcId : planOf(thing) === scope.planId;
}

function planIdsOf(scope: TeardownScope, vpcs: readonly Vpc[]): ReadonlySet<string> {
  return 'planId' in scope ? new Set([scope.planId]) : new Set(vpcs.flatMap((vpc) => planOf(vpc) ?? []));
}

function check(scope: TeardownScope, selection: Selection, index: InventoryIndex): void {
  if (Object.values(selection).every((things: readonly unknown[]) => things.length === 0)) {
    const missing = 'vpcId' in scope ? { what: 'VPC', id: scope.vpcId } : { what: 'stack', id: scope.planId };
    throw new CoreError('plan.notFound', missing);
  }
  for (const eni of selection.enis) {
    if (eni.managedBy !== undefined) {
      throw new CoreError('plan.managed', { what: 'network interface', id: eni.id, by: eni.managedBy });
    }
  }
  for (const eip of [...selection.paired, ...selection.released]) {
    if (eip.managedBy !== undefined) {
      throw new CoreError('plan.managed', { what: 'Elastic IP', id: eip.allocationId, by: eip.managedBy });
    }
  }
  if ('planId' in scope) checkForeign(selection, scope.planId, index);
  else checkNamed(selection, scope);
}

function checkNamed(
  selection: Selection,
  { vpcId, named = [] }: { readonly vpcId: string; readonly named?: readonly string[] },
): void {
  const things = foreignIn(selection)
    .map(({ id }) => id)
    .filter((id) => !named.includes(id));
  if (things.length > 0) throw new CoreError('plan.foreign', { what: 'VPC', id: vpcId, things });
}

/** In a plan's own VPC everything must have been made by a plan, and no chosen ENI may serve a foreign instance. */
function checkForeign(selection: Selection, planId: string, index: InventoryIndex): void {
  const { subnets, gateways, routeTables, groups, enis, instances } = selection;
  const chosen = new Set(instances.map(({ id }) => id));
  const own = [subnets, gateways, routeTables, groups, instances].flat().filter((thing) => !planOf(thing));
  const madeByLaunch = (eni: Eni): boolean => chosen.has(eni.attachment?.instanceId ?? '');
  const loose = enis.filter((eni) => planOf(eni) === undefined && !madeByLaunch(eni));
  const inUse = enis.filter((eni) => eni.attachment !== undefined && !madeByLaunch(eni));
  const things = [...own, ...loose, ...usersOf(selection, index)].map(({ id }) => id);
  const hosts = inUse.flatMap(({ attachment }) => attachment?.instanceId ?? []);
  const all = [...new Set([...things, ...hosts])];
  if (all.length > 0) throw new CoreError('plan.foreign', { what: 'stack', id: planId, things: all });
}

/** ENIs of others that stay and need what goes: in a plan's subnet or group, or behind its gateway. */
function usersOf(
  { vpcs, subnets, groups, gateways, enis }: Selection,
  index: InventoryIndex,
): readonly Eni[] {
  const going = new Set([...subnets, ...groups].map(({ id }) => id));
  const staying = gateways.flatMap(({ vpcIds }) => vpcIds).filter((id) => !vpcs.some((vpc) => vpc.id === id));
  return index.inventory.enis.filter(
    (eni) =>
      !enis.includes(eni) &&
      ([eni.subnetId, ...eni.groupIds].some((id) => going.has(id)) ||
        (staying.includes(eni.vpcId) && eni.addresses.some(({ association }) => association !== undefined))),
  );
}
