import { CoreError } from '../../base/errors.ts';
import type { InventoryIndex } from '../../model/inventoryIndex.ts';
import type { Eip, Eni, PrivateAddress, Subnet } from '../../model/network.ts';

/** The ENI that a recipe is about; throws where there is none such or it is somebody's whom nobody asked. */
export function ownEni(index: InventoryIndex, id: string): Eni {
  const eni = index.enis.get(id);
  if (eni === undefined) throw new CoreError('plan.notFound', { what: 'network interface', id });
  if (eni.managedBy !== undefined) {
    throw new CoreError('plan.managed', { what: 'network interface', id, by: eni.managedBy });
  }
  return eni;
}

/** The address of an ENI that a recipe is about. */
export function addressOn(eni: Eni, address: string): PrivateAddress {
  const found = eni.addresses.find((candidate) => candidate.address === address);
  if (found === undefined) throw new CoreError('plan.notFound', { what: 'private address', id: address });
  return found;
}

/** An EIP of the account that nobody manages. */
export function ownEip(index: InventoryIndex, allocationId: string): Eip {
  const eip = index.eips.get(allocationId);
  if (eip === undefined) throw new CoreError('plan.notFound', { what: 'Elastic IP', id: allocationId });
  if (eip.managedBy !== undefined) {
    throw new CoreError('plan.managed', { what: 'Elastic IP', id: allocationId, by: eip.managedBy });
  }
  return eip;
}

/** An EIP that is free to be paired: one in use is never taken from where it is. */
export function idleEip(index: InventoryIndex, allocationId: string): Eip {
  const eip = ownEip(index, allocationId);
  if (eip.association !== undefined) {
    const { privateAddress: address } = eip.association;
    throw new CoreError('plan.alreadyPaired', { address, publicIp: eip.publicIp });
  }
  return eip;
}

/** Checks that EIPs can work in a VPC at all. */
export function requireGateway(index: InventoryIndex, vpcId: string): void {
  const attached = index.inventory.internetGateways.some(({ vpcIds }) => vpcIds.includes(vpcId));
  if (!attached) throw new CoreError('plan.noGateway', { vpcId });
}

/** Checks that each address gets an idle EIP of its own. */
export function requireEips(chosen: readonly string[], addresses: number, index: InventoryIndex): void {
  const eips = new Set(chosen).size;
  if (eips !== addresses || chosen.length !== addresses) {
    throw new CoreError('plan.countMismatch', { addresses, eips });
  }
  for (const allocationId of chosen) idleEip(index, allocationId);
}

/** Checks that EC2 says of a subnet that so many addresses more are left: not all that holds one is shown. */
export function requireFreeAddresses({ cidr, freeAddresses: free }: Subnet, wanted: number): void {
  if (wanted > free) throw new CoreError('plan.tooFewFreeAddresses', { subnet: cidr, wanted, free });
}

/** Checks that so many EIPs more may be allocated. */
export function requireEipRoom(wanted: number, inUse: number, quota: number | undefined): void {
  if (quota !== undefined && wanted > 0 && inUse + wanted > quota) {
    throw new CoreError('plan.eipQuota', { quota, inUse, wanted });
  }
}

/** What a new EIP is called: after the ENI and the address that it is for. */
export function eipName(eni: string, privateAddress: string): string {
  return `${eni} ${privateAddress}`;
}

/** What an ENI is called. */
export function eniName(eni: Eni): string {
  return eni.tags['Name'] ?? (eni.description === '' ? eni.id : eni.description);
}
