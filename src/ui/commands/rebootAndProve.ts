import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { InventoryIndex } from '../../core/model/inventoryIndex.ts';
import type { Eni } from '../../core/model/network.ts';
import type { CommandTargets } from '../contributions.ts';
import { Refusal } from '../refusal.ts';
import type { Services } from '../services.ts';
import { instanceOf } from '../tree/labels.ts';
import type { ValidationPanels } from '../validation/validationPanel.ts';
import { cloudOf } from './cloudOf.ts';
import { requireEni } from './lookUp.ts';
import { pickEni } from './pickTarget.ts';
import { presentRestart } from './presentRestart.ts';

type Given = CommandTargets['ec2MultiIp.rebootAndProve'] | undefined;

function runs(index: InventoryIndex, eni: Eni): boolean {
  return instanceOf(index, eni)?.state === 'running';
}

/** An ENI of the instance that is meant. */
async function eniOf(index: InventoryIndex, target: Given): Promise<Eni> {
  if (target === undefined) {
    return pickEni(index, l10n.t('Reboot and Prove Again'), (eni) => runs(index, eni));
  }
  const eni =
    target.kind === 'instance'
      ? index.inventory.enis.find(({ attachment }) => attachment?.instanceId === target.instanceId)
      : requireEni(index, target.eniId);
  if (eni !== undefined && runs(index, eni)) return eni;
  throw new Refusal(l10n.t('No instance runs there. Start it first.'));
}

/** Registers the command that lets an instance begin anew and then proves all of its pairs. */
export function registerRebootAndProve(services: Services, panels: ValidationPanels): vscode.Disposable {
  return services.boundary.command('ec2MultiIp.rebootAndProve', async (target) => {
    const cloud = await cloudOf(services.clouds, l10n.t('Reboot and Prove Again'), target);
    const index = await cloud.refresh();
    const eni = await eniOf(index, target);
    await presentRestart(services, panels, index, eni);
  });
}
