import { CoreError } from '../../base/errors.ts';
import type { InventoryIndex } from '../../model/inventoryIndex.ts';
import type { Plan } from '../plan.ts';
import { type PlanIdentity, planBuilder } from '../planBuilder.ts';
import { type KeyChoice, addKeyPair, requireKeyPair } from './keyPair.ts';
import { type EniRoom, type NewEniSpec, chooseAddresses } from './newEni.ts';
import { ownEni } from './pairing.ts';

/** An instance on an ENI that is ready, or on one that the launch makes itself. */
export interface LaunchSpec {
  readonly on: { readonly networkInterfaceId: string } | NewEniSpec;
  readonly imageId: string;
  readonly instanceType: string;
  readonly key?: KeyChoice;
  readonly shutdownBehavior: 'stop' | 'terminate';
  readonly name: string;
}

/** Plans the launch of an instance; its undo terminates it. Pure. */
export function planLaunch(
  spec: LaunchSpec,
  index: InventoryIndex,
  type: EniRoom,
  identity: PlanIdentity,
): Plan {
  const { on, key, ...instance } = spec;
  if (key !== undefined) {
    const names = index.inventory.keyPairs.map(({ name }) => name);
    requireKeyPair(key, names);
  }
  const plan = planBuilder();
  const machine = { ...instance, ...addKeyPair(plan, key) };
  if ('networkInterfaceId' in on) {
    const { networkInterfaceId } = on;
    requireReady(networkInterfaceId, index, type);
    plan.add('instance', 'launchInstance', { ...machine, networkInterfaceId });
  } else {
    const { subnetId, groupIds, addresses } = on;
    const explicit = chooseAddresses(on, type, index);
    // EC2 chooses by itself where nobody cares which addresses they are.
    const wanted = 'count' in addresses ? { secondaryCount: addresses.count - 1 } : { explicit };
    plan.add('instance', 'launchWithEni', { ...machine, subnetId, groupIds, addresses: wanted });
  }
  return plan.build('launch', index.inventory, identity);
}

function requireReady(
  id: string,
  index: InventoryIndex,
  { instanceType, addressesPerInterface: maximum }: EniRoom,
): void {
  const eni = ownEni(index, id);
  if (eni.attachment !== undefined || eni.status !== 'available') {
    throw new CoreError('plan.inUse', { what: 'network interface', id });
  }
  const wanted = eni.addresses.length + (eni.prefixes?.length ?? 0);
  if (wanted > maximum) throw new CoreError('plan.tooManyAddresses', { instanceType, wanted, maximum });
}
