import { CoreError } from '../../base/errors.ts';
import type { InventoryIndex } from '../../model/inventoryIndex.ts';
import type { EipPlace } from '../changes.ts';
import type { Plan } from '../plan.ts';
import { type PlanBuilder, type PlanIdentity, planBuilder } from '../planBuilder.ts';
import { addressOn, ownEip, ownEni } from './pairing.ts';

/** Secondary addresses to take from their ENIs, and what is to become of their EIPs. */
export interface RemovePairsSpec {
  readonly places: readonly EipPlace[];
  readonly eip: 'keep' | 'release';
}

/** Plans the removal of secondary addresses, paired or not. Pure; `reverseDns` as for `planUnpair`. */
export function planRemovePairs(
  { places, eip }: RemovePairsSpec,
  index: InventoryIndex,
  reverseDns: ReadonlyMap<string, string>,
  identity: PlanIdentity,
): Plan {
  const plan = planBuilder();
  const goings = new Map<string, { readonly addresses: string[]; readonly after: string[] }>();
  for (const place of places) {
    const { networkInterfaceId, privateAddress } = place;
    const going = goings.get(networkInterfaceId) ?? { addresses: [], after: [] };
    going.after.push(...unpair(plan, place, eip, index, reverseDns));
    going.addresses.push(privateAddress);
    goings.set(networkInterfaceId, going);
  }
  for (const [networkInterfaceId, { addresses, after }] of goings) {
    plan.add(`unassign-${networkInterfaceId}`, 'unassignAddresses', { networkInterfaceId, addresses }, after);
  }
  return plan.build('removePairs', index.inventory, identity);
}

/** Takes the EIP off, where there is one; gives the changes that the removal of the address waits for. */
function unpair(
  plan: PlanBuilder,
  place: EipPlace,
  fate: RemovePairsSpec['eip'],
  index: InventoryIndex,
  reverseDns: ReadonlyMap<string, string>,
): readonly string[] {
  const { privateAddress } = place;
  const { association, primary } = addressOn(ownEni(index, place.networkInterfaceId), privateAddress);
  if (primary) throw new CoreError('plan.primaryAddress', { address: privateAddress });
  if (association?.allocationId === undefined) return [];
  const { associationId, allocationId, publicIp } = association;
  ownEip(index, allocationId);
  const off = plan.add(`unpair-${allocationId}`, 'disassociateEip', {
    associationId,
    allocationId,
    ...place,
  });
  if (fate === 'keep') return [off];
  const domainName = reverseDns.get(allocationId);
  const clear =
    domainName === undefined
      ? []
      : [plan.add(`clear-ptr-${allocationId}`, 'clearReverseDns', { allocationId, publicIp, domainName })];
  plan.add(`release-${allocationId}`, 'releaseEip', { allocationId, publicIp }, [off, ...clear]);
  return [off];
}
