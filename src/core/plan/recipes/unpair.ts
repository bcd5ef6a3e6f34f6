import { CoreError } from '../../base/errors.ts';
import type { InventoryIndex } from '../../model/inventoryIndex.ts';
import type { Plan } from '../plan.ts';
import { type PlanIdentity, planBuilder } from '../planBuilder.ts';
import { addressOn, ownEip, ownEni } from './pairing.ts';

/** A pair to take apart. */
export interface UnpairSpec {
  readonly networkInterfaceId: string;
  readonly privateAddress: string;
  /** A kept EIP stays in the account, idle, and goes on costing money. */
  readonly eip: 'keep' | 'release';
  /** Whether the ENI keeps the private address; a primary one always stays. */
  readonly address: 'keep' | 'remove';
}

/** Plans the end of one pair. Pure; `reverseDns` are the PTR records by allocation id, which are cleared first. */
export function planUnpair(
  spec: UnpairSpec,
  index: InventoryIndex,
  reverseDns: ReadonlyMap<string, string>,
  identity: PlanIdentity,
): Plan {
  const { networkInterfaceId, privateAddress } = spec;
  const eni = ownEni(index, networkInterfaceId);
  const { association, primary } = addressOn(eni, privateAddress);
  if (association?.allocationId === undefined) {
    throw new CoreError('plan.notFound', { what: 'Elastic IP', id: association?.publicIp ?? privateAddress });
  }
  if (spec.address === 'remove' && primary) {
    throw new CoreError('plan.primaryAddress', { address: privateAddress });
  }
  const { associationId, allocationId, publicIp } = association;
  ownEip(index, allocationId);
  const plan = planBuilder();
  const input = { associationId, allocationId, networkInterfaceId, privateAddress };
  plan.add('unpair', 'disassociateEip', input);
  if (spec.eip === 'release') {
    const domainName = reverseDns.get(allocationId);
    const clear =
      domainName === undefined
        ? []
        : [plan.add('clear-ptr', 'clearReverseDns', { allocationId, publicIp, domainName })];
    plan.add('release', 'releaseEip', { allocationId, publicIp }, ['unpair', ...clear]);
  }
  if (spec.address === 'remove') {
    plan.add('unassign', 'unassignAddresses', { networkInterfaceId, addresses: [privateAddress] }, [
      'unpair',
    ]);
  }
  return plan.build('unpair', index.inventory, identity);
}
