import type { InventoryIndex } from '../../model/inventoryIndex.ts';
import type { Eip, Eni } from '../../model/network.ts';
import type { Plan } from '../plan.ts';
import { type PlanBuilder, type PlanIdentity, planBuilder } from '../planBuilder.ts';
import { addedRoutes } from './addedRoute.ts';
import { type Selection, type TeardownScope, selectForTeardown } from './teardownSelection.ts';

/**
 * Plans the removal of all that a plan made, or of all that is in a VPC, in the reverse order of its making.
 *
 * Pure; `reverseDns` are the PTR records by allocation id, which are cleared before an EIP is released.
 */
export function planTeardown(
  scope: TeardownScope,
  index: InventoryIndex,
  reverseDns: ReadonlyMap<string, string>,
  identity: PlanIdentity,
): Plan {
  const selection = selectForTeardown(scope, index);
  const plan = planBuilder();
  removeInstances(plan, selection);
  removeEips(plan, selection, reverseDns);
  removeEnis(plan, selection, index);
  removeGroups(plan, selection);
  removeRoutesAndGateways(plan, selection, index);
  removeSubnets(plan, selection);
  removeVpcs(plan, selection);
  return plan.build('teardown', index.inventory, identity);
}

function removeInstances(plan: PlanBuilder, { instances, keyPairs }: Selection): void {
  for (const { id } of instances) plan.add(`terminate ${id}`, 'terminateInstance', { instanceId: id });
  for (const { name } of keyPairs) {
    const users = instances.filter(({ keyName }) => keyName === name);
    plan.add(`delete key ${name}`, 'deleteKeyPair', { keyName: name }, users.map(terminationOf));
  }
}

function removeEips(plan: PlanBuilder, selection: Selection, reverseDns: ReadonlyMap<string, string>): void {
  const { enis, instances, paired, released } = selection;
  const hosts = new Map(enis.map((eni) => [eni.id, eni.attachment?.instanceId]));
  const ending = new Map(instances.map((instance) => [instance.id, terminationOf(instance)]));
  for (const { allocationId, association } of paired) {
    if (association === undefined) continue;
    const { associationId, networkInterfaceId, privateAddress } = association;
    const input = { associationId, allocationId, networkInterfaceId, privateAddress };
    const first = ending.get(hosts.get(networkInterfaceId) ?? '');
    plan.add(separationOf({ allocationId }), 'disassociateEip', input, first === undefined ? [] : [first]);
  }
  for (const eip of released) {
    const { allocationId, publicIp } = eip;
    const before = paired.includes(eip) ? [separationOf(eip)] : [];
    const domainName = reverseDns.get(allocationId);
    if (domainName !== undefined) {
      const input = { allocationId, publicIp, domainName };
      before.push(plan.add(`clear PTR ${allocationId}`, 'clearReverseDns', input));
    }
    plan.add(`release ${allocationId}`, 'releaseEip', { allocationId, publicIp }, before);
  }
}

function removeEnis(plan: PlanBuilder, selection: Selection, index: InventoryIndex): void {
  const added = addedRoutes(selection.enis, index).filter(
    ({ target }) => !selection.gateways.some(({ id }) => id === target),
  );
  for (const eni of remainingEnis(selection)) {
    const ends = terminationsOn([eni], selection);
    // The ENI alone says that the route was added for it, so it goes last.
    const routes = added
      .filter((route) => route.eni === eni)
      .map(({ routeTableId, destination, target }) =>
        plan.add(
          routeDeletionOf(routeTableId, destination),
          'deleteRoute',
          { routeTableId, destination, target },
          ends,
        ),
      );
    plan.add(deletionOf(eni), 'deleteEni', { networkInterfaceId: eni.id }, [
      ...ends,
      ...separationsOn([eni], selection),
      ...routes,
    ]);
  }
}

function removeGroups(plan: PlanBuilder, selection: Selection): void {
  for (const { id, name } of selection.groups) {
    const users = selection.enis.filter(({ groupIds }) => groupIds.includes(id));
    plan.add(deletionOf({ id }), 'deleteSecurityGroup', { groupId: id, name }, ends(users, selection));
  }
}

function removeRoutesAndGateways(plan: PlanBuilder, selection: Selection, index: InventoryIndex): void {
  const goingVpcs = new Set(selection.vpcs.map(({ id }) => id));
  for (const { id: internetGatewayId, vpcIds } of selection.gateways) {
    const before: string[] = [];
    for (const vpcId of vpcIds) {
      const users = index.enisOfVpc(vpcId);
      const mapped = [...terminationsOn(users, selection), ...separationsOn(users, selection)];
      // A route table goes with its VPC; in one that stays, no route may be left behind.
      const routes = goingVpcs.has(vpcId) ? [] : removeRoutes(plan, internetGatewayId, vpcId, index);
      const input = { internetGatewayId, vpcId };
      const id = `detach ${internetGatewayId}`;
      before.push(plan.add(id, 'detachInternetGateway', input, [...mapped, ...routes]));
    }
    plan.add(deletionOf({ id: internetGatewayId }), 'deleteInternetGateway', { internetGatewayId }, before);
  }
}

function removeRoutes(
  plan: PlanBuilder,
  target: string,
  vpcId: string,
  index: InventoryIndex,
): readonly string[] {
  const tables = index.inventory.routeTables.filter((table) => table.vpcId === vpcId);
  return tables.flatMap(({ id: routeTableId, routes }) =>
    routes
      .filter((route) => route.target === target)
      .map(({ destination }) => {
        const id = routeDeletionOf(routeTableId, destination);
        return plan.add(id, 'deleteRoute', { routeTableId, destination, target });
      }),
  );
}

function removeSubnets(plan: PlanBuilder, selection: Selection): void {
  for (const { id, cidr } of selection.subnets) {
    const users = selection.enis.filter(({ subnetId }) => subnetId === id);
    plan.add(deletionOf({ id }), 'deleteSubnet', { subnetId: id, cidr }, ends(users, selection));
  }
  for (const { id, associations } of selection.routeTables) {
    const served = selection.subnets.filter((s) => associations.some(({ subnetId }) => subnetId === s.id));
    plan.add(deletionOf({ id }), 'deleteRouteTable', { routeTableId: id }, served.map(deletionOf));
  }
}

function removeVpcs(plan: PlanBuilder, selection: Selection): void {
  for (const { id, cidrs } of selection.vpcs) {
    const inside = [selection.subnets, selection.groups, selection.routeTables]
      .flat()
      .filter(({ vpcId }) => vpcId === id);
    const gateways = selection.gateways.filter(({ vpcIds }) => vpcIds.includes(id));
    const after = [...inside.map(deletionOf), ...gateways.map((gateway) => `detach ${gateway.id}`)];
    plan.add(deletionOf({ id }), 'deleteVpc', { vpcId: id, cidr: cidrs[0] ?? '' }, after);
  }
}

/** The changes after which none of these ENIs is there. */
function ends(enis: readonly Eni[], selection: Selection): readonly string[] {
  const remaining = new Set(remainingEnis(selection));
  return enis.flatMap((eni) => (remaining.has(eni) ? [deletionOf(eni)] : terminationsOn([eni], selection)));
}

/** ENIs that do not go with the instance that they are attached to. */
function remainingEnis({ enis, instances }: Selection): readonly Eni[] {
  const going = new Set(instances.map(({ id }) => id));
  return enis.filter(
    ({ attachment }) => !(attachment?.deleteOnTermination === true && going.has(attachment.instanceId)),
  );
}

function terminationsOn(enis: readonly Eni[], { instances }: Selection): readonly string[] {
  const hosts = new Set(enis.map(({ attachment }) => attachment?.instanceId));
  return instances.filter(({ id }) => hosts.has(id)).map(terminationOf);
}

function separationsOn(enis: readonly Eni[], { paired }: Selection): readonly string[] {
  const ids = new Set(enis.map(({ id }) => id));
  return paired.filter(({ association }) => ids.has(association?.networkInterfaceId ?? '')).map(separationOf);
}

function terminationOf({ id }: { readonly id: string }): string {
  return `terminate ${id}`;
}

function separationOf({ allocationId }: Pick<Eip, 'allocationId'>): string {
  return `unpair ${allocationId}`;
}

function deletionOf({ id }: { readonly id: string }): string {
  return `delete ${id}`;
}

function routeDeletionOf(routeTableId: string, destination: string): string {
  return `delete route ${destination} of ${routeTableId}`;
}
