import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { Eni } from '../../core/model/network.ts';
import { Refusal } from '../refusal.ts';
import type { Services } from '../services.ts';
import { selectionOf } from '../target.ts';
import { instanceOf } from '../tree/labels.ts';
import type { ValidationPanels } from '../validation/validationPanel.ts';
import { cloudOf } from './cloudOf.ts';
import { enisOf } from './enisOf.ts';

/** Registers the command that proves pairs in the panel. */
export function registerValidate(
  { boundary, clouds }: Services,
  panels: ValidationPanels,
): vscode.Disposable {
  return boundary.command('ec2MultiIp.validate', async (target, all) => {
    const title = l10n.t('Validate');
    const cloud = await cloudOf(clouds, title, target, all);
    const index = await cloud.inventory();
    const isRunning = (eni: Eni) => instanceOf(index, eni)?.state === 'running';
    const enis = await enisOf(index, selectionOf(target, all), title, isRunning);
    if (enis.length === 0) {
      throw new Refusal(l10n.t('No instance runs in this VPC, so nothing can be proven. Start one first.'));
    }
    await panels.test(enis, index.inventory.region);
  });
}
