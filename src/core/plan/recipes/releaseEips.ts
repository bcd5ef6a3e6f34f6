import { CoreError } from '../../base/errors.ts';
import type { InventoryIndex } from '../../model/inventoryIndex.ts';
import type { Plan } from '../plan.ts';
import { type PlanIdentity, planBuilder } from '../planBuilder.ts';
import { ownEip } from './pairing.ts';

/** Plans to release idle EIPs, which cost money for nothing. Pure; their PTR records are cleared first. */
export function planReleaseEips(
  { allocationIds }: { readonly allocationIds: readonly string[] },
  index: InventoryIndex,
  reverseDns: ReadonlyMap<string, string>,
  identity: PlanIdentity,
): Plan {
  const plan = planBuilder();
  for (const allocationId of new Set(allocationIds)) {
    const { publicIp, association } = ownEip(index, allocationId);
    if (association !== undefined) throw new CoreError('plan.inUse', { what: 'Elastic IP', id: publicIp });
    const domainName = reverseDns.get(allocationId);
    const before =
      domainName === undefined
        ? []
        : [plan.add(`clear-ptr-${allocationId}`, 'clearReverseDns', { allocationId, publicIp, domainName })];
    plan.add(`release-${allocationId}`, 'releaseEip', { allocationId, publicIp }, before);
  }
  return plan.build('releaseEips', index.inventory, identity);
}
