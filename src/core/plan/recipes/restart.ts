import { CoreError } from '../../base/errors.ts';
import type { InventoryIndex } from '../../model/inventoryIndex.ts';
import type { Plan } from '../plan.ts';
import { type PlanIdentity, planBuilder } from '../planBuilder.ts';

/** How an instance is to begin anew: as it stands, or on whatever machine EC2 gives it next. */
export interface RestartSpec {
  readonly instanceId: string;
  readonly how: 'reboot' | 'stopAndStart';
}

/** Plans to let an instance begin anew. Pure. */
export function planRestart(
  { instanceId, how }: RestartSpec,
  index: InventoryIndex,
  identity: PlanIdentity,
): Plan {
  if (!index.instances.has(instanceId)) {
    throw new CoreError('plan.notFound', { what: 'instance', id: instanceId });
  }
  const plan = planBuilder();
  if (how === 'reboot') plan.add('reboot', 'rebootInstance', { instanceId });
  else {
    const losesWayIn = losesPublicAddress(index, instanceId);
    const stop = plan.add('stop', 'stopInstance', { instanceId, ...(losesWayIn && { losesWayIn }) });
    plan.add('start', 'startInstance', { instanceId }, [stop]);
  }
  return plan.build('restart', index.inventory.region, identity);
}

/** Whether stopping an instance makes it lose the public address that its primary address has: only an EIP stays. */
export function losesPublicAddress(index: InventoryIndex, instanceId: string): boolean {
  const instance = index.instances.get(instanceId);
  const first = (instance?.eniIds ?? [])
    .flatMap((id) => index.enis.get(id) ?? [])
    .find(({ attachment }) => attachment?.deviceIndex === 0);
  return first?.addresses.find(({ primary }) => primary)?.association?.allocationId === undefined;
}
