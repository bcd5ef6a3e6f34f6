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
import { pickEni } from './pickTarget.ts';

function runs(index: InventoryIndex, eni: Eni): boolean {
  return instanceOf(index, eni)?.state === 'running';
}

async function enisOf(
  index: InventoryIndex,
  target: CommandTargets['ec2MultiIp.validate'] | undefined,
): Promise<readonly string[]> {
  if (target === undefined) return [(await pickEni(index, l10n.t('Validate'), (eni) => runs(index, eni))).id];
  if (target.kind !== 'vpc') return [target.eniId];
  const enis = index.enisOfVpc(target.vpcId).filter((eni) => runs(index, eni));
  if (enis.length > 0) return enis.map(({ id }) => id);
  throw new Refusal(l10n.t('No instance runs in this VPC, so nothing can be proven. Start one first.'));
}

/** Registers the command that proves pairs in the panel. */
export function registerValidate(
  { boundary, clouds }: Services,
  panels: ValidationPanels,
): vscode.Disposable {
  return boundary.command('ec2MultiIp.validate', async (target) => {
    const cloud = await cloudOf(clouds, l10n.t('Validate'), target);
    const index = await cloud.inventory();
    await panels.test(await enisOf(index, target), index.inventory.region);
  });
}
