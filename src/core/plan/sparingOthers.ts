import type { InventoryIndex } from '../model/inventoryIndex.ts';
import type { AnyChange, Plan } from './plan.ts';
import { othersBehind } from './recipes/addedRoute.ts';

/**
 * An undo without what would cut others off: the deletion of a route that ENIs other than those that go reach the
 * Internet by, and all that could go only after it. A teardown leaves such a route as well.
 *
 * The plan itself says what it spares, so that one that is gone on with in another window says it too.
 *
 * A plan that made no ENI mended a route for those that are there, and its undo is about them. Pure; `index` is the
 * Region as it is now.
 */
export function sparingOthers(undo: Plan, index: InventoryIndex): Plan {
  const going = new Set(undo.changes.flatMap((change) => enisGoingWith(change, index)));
  const routes: string[] = [];
  const enis = new Set<string>();
  const staying = new Set<string>();
  for (const { id, kind, input } of undo.changes) {
    if (kind !== 'deleteRoute' || going.size === 0) continue;
    const others = othersBehind(input.routeTableId, going, index);
    if (others.length === 0) continue;
    staying.add(id);
    routes.push(input.destination);
    for (const eni of others) enis.add(eni.id);
  }
  if (routes.length === 0) return undo;
  // An undo lists what others wait for before them.
  for (const { id, needs } of undo.changes) if (needs.some((need) => staying.has(need))) staying.add(id);
  const changes = undo.changes.filter(({ id }) => !staying.has(id));
  return { ...undo, changes, spared: { routes, enis: [...enis] } };
}

function enisGoingWith({ kind, input }: AnyChange, index: InventoryIndex): readonly string[] {
  if (kind === 'deleteEni') return [input.networkInterfaceId];
  if (kind === 'terminateInstance') return index.instances.get(input.instanceId)?.eniIds ?? [];
  return [];
}
