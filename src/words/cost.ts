import * as l10n from '@vscode/l10n';
import { DOLLARS_PER_EIP_MONTH } from '../core/plan/preview.ts';
import type { PlanPreview } from '../core/plan/preview.ts';

const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

/** What one Elastic IP costs in a month, such as `$3.65`. */
export const EIP_MONTH = dollars.format(DOLLARS_PER_EIP_MONTH);

/** What a plan costs or saves in a month, such as `$7.30 more a month`. */
export function costText({ monthlyDollars }: PlanPreview): string {
  const amount = dollars.format(Math.abs(monthlyDollars));
  if (monthlyDollars >= 0) return l10n.t('{0} more a month', amount);
  return l10n.t('{0} less a month', amount);
}

/** The whole sentence about money, where a plan costs some. */
export function costSentence(preview: PlanPreview): string | undefined {
  const launches = preview.lines.some(({ change }) => change.kind.startsWith('launch'));
  if (preview.monthlyDollars <= 0 && !launches) return undefined;
  const amount = dollars.format(preview.monthlyDollars);
  return launches
    ? l10n.t('The Elastic IPs cost {0} a month, in use or idle; the instance comes on top.', amount)
    : l10n.t('The Elastic IPs cost {0} a month, in use or idle.', amount);
}
