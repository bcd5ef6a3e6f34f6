import type { InstanceTypeLimits } from '../../aws/offers.ts';
import { CoreError } from '../../base/errors.ts';
import type { InventoryIndex } from '../../model/inventoryIndex.ts';
import type { Instance } from '../../model/network.ts';
import type { Plan } from '../plan.ts';
import { type PlanIdentity, output, planBuilder } from '../planBuilder.ts';
import { type NewEniSpec, chooseAddresses, requireSubnet } from './newEni.ts';
import { ownEni } from './pairing.ts';

/** A further ENI for an instance. */
export interface AttachEniSpec extends NewEniSpec {
  readonly instanceId: string;
  readonly name: string;
}

/** Plans a further ENI on an instance; its undo unplugs and deletes it. Pure. */
export function planAttachEni(
  spec: AttachEniSpec,
  index: InventoryIndex,
  type: InstanceTypeLimits,
  identity: PlanIdentity,
): Plan {
  const { instanceId, name, subnetId, groupIds } = spec;
  const instance = index.instances.get(instanceId);
  if (instance === undefined || !['running', 'stopped'].includes(instance.state)) {
    throw new CoreError('plan.notFound', { what: 'instance', id: instanceId });
  }
  const deviceIndex = freeDeviceIndex(instance, index, type);
  requireZone(instance, subnetId, index);
  const [primary = '', ...secondaries] = chooseAddresses(spec, type, index);
  const plan = planBuilder();
  const eni = { subnetId, groupIds, description: name, primary, secondaries, name };
  plan.add('eni', 'createEni', eni);
  const networkInterfaceId = output('eni', 'networkInterfaceId');
  plan.add('attach', 'attachEni', { networkInterfaceId, instanceId, deviceIndex });
  return plan.build('attachEni', index.inventory, identity);
}

function freeDeviceIndex(
  { eniIds }: Instance,
  index: InventoryIndex,
  { instanceType, interfaces }: InstanceTypeLimits,
): number {
  // An instance that a service manages has ENIs of that service.
  const enis = eniIds.map((id) => ownEni(index, id));
  if (enis.length >= interfaces) {
    throw new CoreError('plan.tooManyEnis', { instanceType, maximum: interfaces });
  }
  const used = new Set(enis.map(({ attachment }) => attachment?.deviceIndex));
  let free = 1;
  while (used.has(free)) free += 1;
  return free;
}

function requireZone(instance: Instance, subnetId: string, index: InventoryIndex): void {
  const zone = index.enis.get(instance.eniIds[0] ?? '')?.availabilityZone;
  const { availabilityZone: other } = requireSubnet(index, subnetId);
  if (zone !== undefined && zone !== other) throw new CoreError('plan.otherZone', { zone, other });
}
