import { CoreError } from '../../core/base/errors.ts';
import type { InventoryIndex } from '../../core/model/inventoryIndex.ts';
import type { Eip, Eni, Vpc } from '../../core/model/network.ts';
import type { AddressOnEni } from './pickTarget.ts';

function found<T>(thing: T | undefined, what: string, id: string): T {
  if (thing === undefined) throw new CoreError('plan.notFound', { what, id });
  return thing;
}

/** The VPC of this id; throws `plan.notFound`, as do the others here. */
export function requireVpc(index: InventoryIndex, id: string): Vpc {
  return found(index.vpcs.get(id), 'VPC', id);
}

/** The ENI of this id. */
export function requireEni(index: InventoryIndex, id: string): Eni {
  return found(index.enis.get(id), 'network interface', id);
}

/** The EIP of this allocation. */
export function requireEip(index: InventoryIndex, id: string): Eip {
  return found(index.eips.get(id), 'Elastic IP', id);
}

/** A private address of an ENI. */
export function requireAddress(index: InventoryIndex, eniId: string, address: string): AddressOnEni {
  const pair = index.pairsOfEni(eniId).find((candidate) => candidate.address.address === address);
  return found(pair, 'private address', address);
}
