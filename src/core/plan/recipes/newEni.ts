import { CoreError } from '../../base/errors.ts';
import { checkAddresses, nextFreeAddresses, parseCidr } from '../../model/addresses.ts';
import type { InventoryIndex } from '../../model/inventoryIndex.ts';
import type { Subnet } from '../../model/network.ts';
import { requireFreeAddresses } from './pairing.ts';

/** Where a new ENI is to be, and its private addresses, the primary one first: these, or so many free ones. */
export interface NewEniSpec {
  readonly subnetId: string;
  readonly groupIds: readonly string[];
  readonly addresses: { readonly count: number } | { readonly explicit: readonly string[] };
}

/** How many addresses an ENI of an instance type takes. */
export interface EniRoom {
  readonly instanceType: string;
  readonly addressesPerInterface: number;
}

/** The subnet of this id. */
export function requireSubnet(index: InventoryIndex, id: string): Subnet {
  const subnet = index.subnets.get(id);
  if (subnet === undefined) throw new CoreError('plan.notFound', { what: 'subnet', id });
  return subnet;
}

/** Checks that a new ENI can be made as it is wanted, and chooses its addresses. Pure. */
export function chooseAddresses(
  { subnetId, groupIds, addresses }: NewEniSpec,
  { instanceType, addressesPerInterface: maximum }: EniRoom,
  index: InventoryIndex,
): readonly string[] {
  const place = requireSubnet(index, subnetId);
  const { cidr, vpcId } = place;
  for (const id of groupIds) {
    if (index.securityGroups.get(id)?.vpcId !== vpcId) {
      throw new CoreError('plan.notFound', { what: 'security group', id });
    }
  }
  const wanted = 'explicit' in addresses ? addresses.explicit.length : addresses.count;
  if (!Number.isInteger(wanted) || wanted < 1) {
    throw new CoreError('plan.badValue', { field: 'addresses', value: String(wanted) });
  }
  if (wanted > maximum) throw new CoreError('plan.tooManyAddresses', { instanceType, wanted, maximum });
  requireFreeAddresses(place, wanted);
  const subnet = parseCidr(cidr);
  const holders = index.holdersInSubnet(subnetId);
  if ('count' in addresses) return nextFreeAddresses(subnet, wanted, holders);
  checkAddresses(addresses.explicit, subnet, holders);
  return addresses.explicit;
}
