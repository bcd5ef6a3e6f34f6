import { CoreError } from '../../base/errors.ts';
import type { InventoryIndex } from '../../model/inventoryIndex.ts';
import type { Plan } from '../plan.ts';
import { type PlanIdentity, output, planBuilder } from '../planBuilder.ts';
import { addressOn, eipName, eniName, idleEip, ownEni, requireEipRoom, requireGateway } from './pairing.ts';

/** A private address that is there and has no EIP yet. */
export interface PairSpec {
  readonly networkInterfaceId: string;
  readonly privateAddress: string;
  /** An idle EIP; without it a new one is allocated. */
  readonly allocationId?: string;
}

/** Plans the pairing of one address; an EIP that is in use is never taken from where it is. Pure. */
export function planPair(
  spec: PairSpec,
  index: InventoryIndex,
  facts: { readonly eipQuota?: number },
  identity: PlanIdentity,
): Plan {
  const { networkInterfaceId, privateAddress } = spec;
  const eni = ownEni(index, networkInterfaceId);
  const { association } = addressOn(eni, privateAddress);
  if (association?.allocationId !== undefined) {
    throw new CoreError('plan.alreadyPaired', { address: privateAddress, publicIp: association.publicIp });
  }
  requireGateway(index, eni.vpcId);
  const plan = planBuilder();
  if (spec.allocationId === undefined) {
    requireEipRoom(1, index.inventory.eips.length, facts.eipQuota);
    plan.add('eip', 'allocateEip', { name: eipName(eniName(eni), privateAddress) });
  } else {
    idleEip(index, spec.allocationId);
  }
  const allocationId = spec.allocationId ?? output('eip', 'allocationId');
  plan.add('pair', 'associateEip', { allocationId, networkInterfaceId, privateAddress });
  return plan.build('pair', index.inventory, identity);
}
