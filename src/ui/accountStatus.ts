import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { visible } from '../words/visible.ts';
import type { Clouds } from './clouds.ts';
import { withoutIcons } from './plainText.ts';

/** The first Regions by name, and how many more; absent where there is none. */
function brief(regions: readonly string[]): string | undefined {
  const named = regions.slice(0, 3).join(', ');
  if (regions.length <= 3) return named === '' ? undefined : named;
  return `${named} +${String(regions.length - 3)}`;
}

/** Keeps the account and the Region that are shown in the status bar, whatever view is open. */
export function showAccountStatus(clouds: Clouds): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('ec2MultiIp.account', vscode.StatusBarAlignment.Left);
  item.name = 'EC2 Multi-IP';
  item.command = 'ec2MultiIp.chooseProfile';
  const draw = (): void => {
    const { account, alias, region } = clouds.shownAccount;
    const { profile } = clouds;
    const who = alias === undefined ? account : `${alias} (${account ?? ''})`;
    const all = region === undefined ? [] : [region, ...clouds.furtherRegions];
    const parts = [who ?? l10n.t('unknown account'), brief(all)];
    item.text = `$(cloud) ${parts.flatMap((part) => (part === undefined ? [] : withoutIcons(part))).join(' · ')}`;
    const facts = [
      ...(account === undefined ? [] : [l10n.t('Account: {0}', who ?? account)]),
      ...(profile === '' ? [] : [l10n.t('AWS profile: {0}', profile)]),
      ...all.map((each) => l10n.t('Region: {0}', each)),
      l10n.t('Click to choose another profile'),
    ];
    item.tooltip = facts.map(visible).join('\n');
    item.show();
  };
  draw();
  return vscode.Disposable.from(item, clouds.shownAccount.onDidIdentify(draw), clouds.onDidChange(draw));
}
