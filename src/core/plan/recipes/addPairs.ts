import { CoreError } from '../../base/errors.ts';
import { checkAddresses, nextFreeAddresses, parseAddress, parseCidr } from '../../model/addresses.ts';
import type { InventoryIndex } from '../../model/inventoryIndex.ts';
import type { Eni } from '../../model/network.ts';
import type { Plan, Value } from '../plan.ts';
import { type PlanBuilder, type PlanIdentity, output, planBuilder } from '../planBuilder.ts';
import {
  eipName,
  eniName,
  ownEni,
  requireEipRoom,
  requireEips,
  requireFreeAddresses,
  requireGateway,
} from './pairing.ts';

/** Secondary addresses to add to an ENI, each with an EIP. */
export interface AddPairsSpec {
  readonly networkInterfaceId: string;
  /** So many of the next free ones, or these. */
  readonly addresses: { readonly count: number } | { readonly explicit: readonly string[] };
  /** Allocation ids of idle EIPs, one for each address in order; without it new ones are allocated. */
  readonly eips?: readonly string[];
}

/** What must be known besides the inventory before pairs can be added. */
export interface AddPairsFacts {
  /** Absent where the ENI is attached to no instance: then no type limits it yet. */
  readonly type?: { readonly instanceType: string; readonly addressesPerInterface: number };
  /** Absent where EC2 does not say. */
  readonly eipQuota?: number;
}

/** Plans further pairs on an ENI; checks everything first and throws a `CoreError` that says what is wrong. Pure. */
export function planAddPairs(
  spec: AddPairsSpec,
  index: InventoryIndex,
  facts: AddPairsFacts,
  identity: PlanIdentity,
): Plan {
  const eni = ownEni(index, spec.networkInterfaceId);
  const addresses = chooseAddresses(spec.addresses, eni, index);
  checkRoom(addresses.length, eni, facts);
  const subnet = index.subnets.get(eni.subnetId);
  if (subnet !== undefined) requireFreeAddresses(subnet, addresses.length);
  requireGateway(index, eni.vpcId);
  if (spec.eips === undefined) requireEipRoom(addresses.length, index.inventory.eips.length, facts.eipQuota);
  else requireEips(spec.eips, addresses.length, index);
  const plan = planBuilder();
  plan.add('assign', 'assignAddresses', { networkInterfaceId: eni.id, addresses });
  addresses.forEach((privateAddress, position) => {
    const number = String(position + 1);
    const allocationId = spec.eips?.[position] ?? newEip(plan, number, eni, privateAddress);
    const input = { allocationId, networkInterfaceId: eni.id, privateAddress };
    plan.add(`pair-${number}`, 'associateEip', input, ['assign']);
  });
  return plan.build('addPairs', index.inventory, identity);
}

function chooseAddresses(
  choice: AddPairsSpec['addresses'],
  eni: Eni,
  index: InventoryIndex,
): readonly string[] {
  const subnet = parseCidr(index.subnets.get(eni.subnetId)?.cidr ?? '');
  const holders = index.holdersInSubnet(eni.subnetId);
  if ('explicit' in choice) {
    requireCount(choice.explicit.length);
    checkAddresses(choice.explicit, subnet, holders);
    return choice.explicit;
  }
  requireCount(choice.count);
  const highest = Math.max(...eni.addresses.map(({ address }) => parseAddress(address)));
  return nextFreeAddresses(subnet, choice.count, holders, highest);
}

function requireCount(count: number): void {
  if (!Number.isInteger(count) || count < 1) {
    throw new CoreError('plan.badValue', { field: 'addresses', value: String(count) });
  }
}

function checkRoom(added: number, eni: Eni, { type }: AddPairsFacts): void {
  if (type === undefined) return;
  const wanted = eni.addresses.length + (eni.prefixes?.length ?? 0) + added;
  const { instanceType, addressesPerInterface: maximum } = type;
  if (wanted > maximum) throw new CoreError('plan.tooManyAddresses', { instanceType, wanted, maximum });
}

function newEip(plan: PlanBuilder, number: string, eni: Eni, privateAddress: string): Value {
  const name = eipName(eniName(eni), privateAddress);
  return output(plan.add(`eip-${number}`, 'allocateEip', { name }), 'allocationId');
}
