import { CoreError } from '../../base/errors.ts';
import type { InventoryIndex } from '../../model/inventoryIndex.ts';
import type { EipPlace } from '../changes.ts';
import type { Plan } from '../plan.ts';
import { type PlanIdentity, planBuilder } from '../planBuilder.ts';
import { addressOn, ownEip, ownEni, requireGateway } from './pairing.ts';

/** An EIP that is in use, and the address that it is to go to. */
export interface MoveSpec {
  readonly allocationId: string;
  readonly to: EipPlace;
}

/** Plans to take an EIP from one address to another that has none. Pure. */
export function planMove(
  { allocationId, to }: MoveSpec,
  index: InventoryIndex,
  identity: PlanIdentity,
): Plan {
  const { publicIp, association } = ownEip(index, allocationId);
  const eni = ownEni(index, to.networkInterfaceId);
  const target = addressOn(eni, to.privateAddress);
  if (association === undefined) {
    throw new CoreError('plan.notFound', { what: 'private address', id: publicIp });
  }
  if (target.association?.allocationId !== undefined) {
    const { publicIp: there } = target.association;
    throw new CoreError('plan.alreadyPaired', { address: target.address, publicIp: there });
  }
  requireGateway(index, eni.vpcId);
  const { networkInterfaceId, privateAddress } = association;
  ownEni(index, networkInterfaceId);
  const from = { networkInterfaceId, privateAddress };
  const plan = planBuilder();
  plan.add('move', 'moveEip', { allocationId, publicIp, from, to });
  return plan.build('moveEip', index.inventory, identity);
}
