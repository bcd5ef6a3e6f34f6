import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { InventoryIndex } from '../../core/model/inventoryIndex.ts';
import type { CommandTargets } from '../contributions.ts';
import { Refusal } from '../refusal.ts';
import type { Services } from '../services.ts';
import type { ValidationPanels } from '../validation/validationPanel.ts';
import { cloudOf } from './cloudOf.ts';
import { pickEni } from './pickTarget.ts';

async function enisOf(
  index: InventoryIndex,
  target: CommandTargets['ec2MultiIp.diagnose'] | undefined,
  title = l10n.t('Diagnose'),
): Promise<readonly string[]> {
  if (target === undefined) return [(await pickEni(index, title, () => true)).id];
  if (target.kind !== 'vpc') return [target.eniId];
  const enis = index.enisOfVpc(target.vpcId);
  if (enis.length > 0) return enis.map(({ id }) => id);
  throw new Refusal(l10n.t('There is no network interface in this VPC.'));
}

/** Registers the commands that say what is at fault, whether the instance runs or not, and what was at fault before. */
export function registerDiagnose(
  { boundary, clouds }: Services,
  panels: ValidationPanels,
): vscode.Disposable {
  return vscode.Disposable.from(
    boundary.command('ec2MultiIp.diagnose', async (target) => {
      const cloud = await cloudOf(clouds, l10n.t('Diagnose'), target);
      const index = await cloud.inventory();
      await panels.test(await enisOf(index, target), index.inventory.region);
    }),
    boundary.command('ec2MultiIp.checkMail', async (target) => {
      const title = l10n.t('Check Mail Addresses');
      const index = await (await cloudOf(clouds, title, target)).inventory();
      await panels.test(await enisOf(index, target, title), index.inventory.region, [25]);
    }),
    boundary.command('ec2MultiIp.validationHistory', () => panels.showHistory()),
  );
}
