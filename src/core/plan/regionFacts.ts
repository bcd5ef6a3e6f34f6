import type { CallOptions, Ec2 } from '../aws/ec2.ts';
import { readInventory } from '../aws/inventory.ts';
import { type ImageChoice, readEipLimit, readImages, smallestTypeFor } from '../aws/offers.ts';
import { CoreError, isCoreError } from '../base/errors.ts';
import { type InventoryIndex, indexInventory } from '../model/inventoryIndex.ts';
import type { Plan } from './plan.ts';

/** Where a type takes too few addresses, looks which one would take them. */
export async function withSmallestType(ec2: Ec2, options: CallOptions, plan: () => Plan): Promise<Plan> {
  try {
    return plan();
  } catch (error) {
    if (!isCoreError(error, 'plan.tooManyAddresses')) throw error;
    const { instanceType, wanted } = error.data;
    const smallest = await smallestTypeFor(ec2, instanceType, wanted, options);
    throw smallest === undefined
      ? error
      : new CoreError('plan.tooManyAddresses', { ...error.data, smallest });
  }
}

/** Reads what the Region holds. */
export async function readIndex(ec2: Ec2, options: CallOptions): Promise<InventoryIndex> {
  return indexInventory(await readInventory(ec2, options));
}

/** Reads how many EIPs the account may have here, as planning takes it. */
export async function readQuota(ec2: Ec2, options: CallOptions): Promise<{ readonly eipQuota?: number }> {
  const quota = await readEipLimit(ec2, options);
  return quota === undefined ? {} : { eipQuota: quota };
}

/** The newest image that a choice fits; throws where there is none. */
export async function newestImage(ec2: Ec2, choice: ImageChoice, options: CallOptions): Promise<string> {
  const [newest] = await readImages(ec2, choice, options);
  if (newest === undefined) {
    throw new CoreError('plan.notFound', { what: 'image', id: 'id' in choice ? choice.id : choice.name });
  }
  return newest.id;
}
