import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { InventoryIndex } from '../../core/model/inventoryIndex.ts';
import type { Instance } from '../../core/model/network.ts';
import { awsHandlers } from '../../core/plan/changes/awsHandlers.ts';
import { prepareAttachEni } from '../../core/plan/preparations.ts';
import type { AttachEniSpec } from '../../core/plan/recipes/attachEni.ts';
import { requireInstance } from '../guest/access.ts';
import { Refusal } from '../refusal.ts';
import type { Services } from '../services.ts';
import type { EniTarget } from '../target.ts';
import { titleOf } from '../tree/labels.ts';
import { askPick } from '../wizard/askPick.ts';
import { runWizard } from '../wizard/wizard.ts';
import { cloudOf } from './cloudOf.ts';
import { requireEni } from './lookUp.ts';
import { askGroups, askNewAddresses, askSubnet } from './newEniQuestions.ts';
import { configureNext } from './nextSteps.ts';

async function instanceFor(
  index: InventoryIndex,
  title: string,
  target: EniTarget | undefined,
): Promise<Instance> {
  if (target !== undefined) return requireInstance(index, requireEni(index, target.eniId));
  const fitting = index.inventory.instances.filter(({ state }) => ['running', 'stopped'].includes(state));
  if (fitting.length === 0) throw new Refusal(l10n.t('No instance is running or stopped in this Region.'));
  const choices = fitting.map((instance) => ({
    label: titleOf(instance),
    description: [instance.id, instance.type].join(' · '),
    value: instance,
  }));
  return askPick({ title, step: 1, totalSteps: 1 }, { placeholder: l10n.t('Instance'), choices });
}

/** Registers the command that gives an instance a further ENI. */
export function registerAttachEni({ boundary, clouds, desk }: Services): vscode.Disposable {
  return boundary.command('ec2MultiIp.attachEni', async (target) => {
    const title = l10n.t('Attach Network Interface');
    const cloud = await cloudOf(clouds, title, target);
    const index = await cloud.inventory();
    const instance = await instanceFor(index, title, target);
    const first = index.enis.get(instance.eniIds[0] ?? '');
    const zone = first?.availabilityZone;
    const defaults: AttachEniSpec = {
      instanceId: instance.id,
      name: `ENI-${String(instance.eniIds.length + 1).padStart(2, '0')} for ${titleOf(instance)}`,
      subnetId: first?.subnetId ?? '',
      groupIds: first?.groupIds ?? [],
      addresses: { count: 1 },
    };
    const steps = [
      askSubnet<AttachEniSpec>(
        index,
        (subnet) => subnet.vpcId === instance.vpcId && subnet.availabilityZone === zone,
      ),
      askGroups<AttachEniSpec>(index),
      askNewAddresses<AttachEniSpec>(index),
    ];
    const spec = await runWizard(title, steps, defaults);
    const ec2 = await cloud.ec2();
    desk.present({
      title: l10n.t('Attach a Network Interface to “{0}”', titleOf(instance)),
      plan: await prepareAttachEni(ec2, spec),
      handlers: awsHandlers(ec2),
      next: configureNext(ec2.region),
    });
  });
}
