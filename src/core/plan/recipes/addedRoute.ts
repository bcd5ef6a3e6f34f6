import type { InventoryIndex } from '../../model/inventoryIndex.ts';
import type { Eni } from '../../model/network.ts';
import { ROUTE_TAG } from '../changes/tags.ts';

/** A route that a plan put into a route table of somebody else's. */
export interface AddedRoute {
  readonly routeTableId: string;
  readonly destination: string;
  readonly target: string;
}

/** Tags of a stack's ENI that say which route was added for it: a route cannot carry tags itself. */
export function routeTags({ routeTableId, destination, target }: AddedRoute): Record<string, string> {
  return { [ROUTE_TAG]: [routeTableId, destination, target].join(' ') };
}

/**
 * The routes that were added for these ENIs, are still there, and serve nobody else.
 *
 * One that others rely on by now stays: it costs nothing, and they would be cut off.
 */
export function addedRoutes(
  enis: readonly Eni[],
  index: InventoryIndex,
): readonly (AddedRoute & { readonly eni: Eni })[] {
  const own = new Set(enis.map(({ id }) => id));
  return enis.flatMap((eni) => {
    const [routeTableId = '', destination = '', target = ''] = eni.tags[ROUTE_TAG]?.split(' ') ?? [];
    const table = index.inventory.routeTables.find(({ id }) => id === routeTableId);
    const isThere = table?.routes.some(
      (route) => route.destination === destination && route.target === target,
    );
    if (isThere !== true || othersBehind(routeTableId, own, index).length > 0) return [];
    return [{ routeTableId, destination, target, eni }];
  });
}

/** The ENIs with an EIP, other than `own`, that a route table leads to the Internet. */
export function othersBehind(
  routeTableId: string,
  own: ReadonlySet<string>,
  index: InventoryIndex,
): readonly Eni[] {
  return index.inventory.enis.filter(
    (eni) =>
      !own.has(eni.id) &&
      index.routeTableOfSubnet(eni.subnetId)?.id === routeTableId &&
      eni.addresses.some(({ association }) => association !== undefined),
  );
}
