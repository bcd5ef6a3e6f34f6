import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Services } from '../services.ts';
import type { NetworkFilter } from '../tree/networkFilter.ts';
import { askText } from '../wizard/askText.ts';

/** Registers the commands that change how the network is shown, and the one that gives a reading up. */
export function registerLook(
  { boundary, settings, clouds }: Services,
  filter: NetworkFilter,
): vscode.Disposable {
  return vscode.Disposable.from(
    boundary.command('ec2MultiIp.filter', async () => {
      const text = await askText(
        { title: l10n.t('Filter'), step: 1, totalSteps: 1 },
        {
          prompt: l10n.t('Show only what has this in its name, id, addresses or facts. Empty: all.'),
          value: filter.text,
          placeholder: '198.51.100.10',
          problem: () => undefined,
        },
      );
      filter.set(text);
    }),
    boundary.command('ec2MultiIp.clearFilter', () => {
      filter.set('');
    }),
    boundary.command('ec2MultiIp.groupByVpc', () => settings.set('ec2MultiIp.view.groupBy', 'vpc')),
    boundary.command('ec2MultiIp.groupByInstance', () => settings.set('ec2MultiIp.view.groupBy', 'instance')),
    boundary.command('ec2MultiIp.cancelReading', () => {
      clouds.stopReading();
    }),
  );
}
