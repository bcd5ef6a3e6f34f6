import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { visible } from '../words/visible.ts';
import type { Cloud } from './cloud.ts';
import { withoutIcons } from './plainText.ts';

/** Keeps the account and the Region that are shown in the status bar, whatever view is open. */
export function showAccountStatus(cloud: Cloud): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('ec2MultiIp.account', vscode.StatusBarAlignment.Left);
  item.name = 'EC2 Multi-IP';
  item.command = 'ec2MultiIp.chooseProfile';
  const draw = (): void => {
    const { account, alias, region } = cloud.shownAccount;
    const { profile } = cloud;
    const who = alias === undefined ? account : `${alias} (${account ?? ''})`;
    const parts = [who ?? l10n.t('unknown account'), region];
    item.text = `$(cloud) ${parts.flatMap((part) => (part === undefined ? [] : withoutIcons(part))).join(' · ')}`;
    const facts = [
      ...(account === undefined ? [] : [l10n.t('Account: {0}', who ?? account)]),
      ...(profile === '' ? [] : [l10n.t('AWS profile: {0}', profile)]),
      ...(region === undefined ? [] : [l10n.t('Region: {0}', region)]),
      l10n.t('Click to choose another profile'),
    ];
    item.tooltip = facts.map(visible).join('\n');
    item.show();
  };
  draw();
  return vscode.Disposable.from(item, cloud.shownAccount.onDidIdentify(draw));
}
