import { sameName } from '../../aws/reverseDns.ts';
import { CoreError } from '../../base/errors.ts';
import type { InventoryIndex } from '../../model/inventoryIndex.ts';
import type { Plan } from '../plan.ts';
import { type PlanIdentity, planBuilder } from '../planBuilder.ts';
import { ownEip } from './pairing.ts';

/** The reverse DNS name that an EIP is to have; without one it is to have none. */
export interface ReverseDnsSpec {
  readonly allocationId: string;
  readonly domainName?: string;
}

const NAME =
  /^(?=.{1,253}\.?$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])\.?$/;

/** Checks a name for a PTR record, such as `mail.example.com`. */
export function checkDomainName(value: string): void {
  if (!isDomainName(value)) throw new CoreError('plan.badValue', { field: 'domainName', value });
}

/** Whether a text is the full name of a host. */
export function isDomainName(value: string): boolean {
  return NAME.test(value);
}

/** Plans the PTR record of an EIP; what is so already needs no change. Pure. */
export function planReverseDns(
  { allocationId, domainName }: ReverseDnsSpec,
  index: InventoryIndex,
  reverseDns: ReadonlyMap<string, string>,
  identity: PlanIdentity,
): Plan {
  const { publicIp } = ownEip(index, allocationId);
  const previous = reverseDns.get(allocationId);
  const plan = planBuilder();
  if (domainName === undefined) {
    if (previous !== undefined) {
      plan.add('clear', 'clearReverseDns', { allocationId, publicIp, domainName: previous });
    }
  } else {
    checkDomainName(domainName);
    const input = { allocationId, publicIp, domainName };
    if (!sameName(previous, domainName)) {
      plan.add('set', 'setReverseDns', previous === undefined ? input : { ...input, previous });
    }
  }
  return plan.build('reverseDns', index.inventory, identity);
}
