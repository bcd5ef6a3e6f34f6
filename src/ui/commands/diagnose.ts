import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CommandTargets } from '../contributions.ts';
import { Refusal } from '../refusal.ts';
import type { Services } from '../services.ts';
import { selectionOf } from '../target.ts';
import type { ValidationPanels } from '../validation/validationPanel.ts';
import { cloudOf } from './cloudOf.ts';
import { enisOf } from './enisOf.ts';

type Targets = CommandTargets['ec2MultiIp.diagnose'];

/** Registers the commands that say what is at fault, whether the instance runs or not, and what was at fault before. */
export function registerDiagnose(
  { boundary, clouds }: Services,
  panels: ValidationPanels,
): vscode.Disposable {
  const test = async (
    title: string,
    target: Targets | undefined,
    all: readonly Targets[] | undefined,
    ports?: readonly number[],
  ): Promise<void> => {
    const cloud = await cloudOf(clouds, title, target, all);
    const index = await cloud.inventory();
    const enis = await enisOf(index, selectionOf(target, all), title, () => true);
    if (enis.length === 0) throw new Refusal(l10n.t('There is no network interface in this VPC.'));
    await panels.test(enis, index.inventory.region, ports);
  };
  return vscode.Disposable.from(
    boundary.command('ec2MultiIp.diagnose', (target, all) => test(l10n.t('Diagnose'), target, all)),
    boundary.command('ec2MultiIp.checkMail', (target, all) =>
      test(l10n.t('Check Mail Addresses'), target, all, [25]),
    ),
    boundary.command('ec2MultiIp.validationHistory', () => panels.showHistory()),
  );
}
