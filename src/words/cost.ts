import * as l10n from '@vscode/l10n';
import { DOLLARS_PER_EIP_MONTH } from '../core/plan/preview.ts';
import type { PlanPreview, PreviewLine } from '../core/plan/preview.ts';

const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

/** What one Elastic IP costs in a month, such as `$3.65`. */
export const EIP_MONTH = dollars.format(DOLLARS_PER_EIP_MONTH);

type Cost = Pick<PlanPreview, 'monthlyDollars' | 'monthlyBefore'>;

/**
 * What a plan costs or saves in a month, and what all Elastic IPs of the Region cost before and after it, such as
 * `$7.30 more a month (before $3.65, after $10.95)`.
 */
export function costText({ monthlyDollars, monthlyBefore }: Cost): string {
  const amount = dollars.format(Math.abs(monthlyDollars));
  if (monthlyBefore === undefined) {
    return monthlyDollars >= 0 ? l10n.t('{0} more a month', amount) : l10n.t('{0} less a month', amount);
  }
  const before = dollars.format(monthlyBefore);
  if (monthlyDollars === 0) return l10n.t('{0} a month, as before', before);
  const after = dollars.format(monthlyBefore + monthlyDollars);
  return monthlyDollars > 0
    ? l10n.t('{0} more a month (before {1}, after {2})', amount, before, after)
    : l10n.t('{0} less a month (before {1}, after {2})', amount, before, after);
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

/** What one change costs or saves in a month: of an address an amount, of an instance a word, as its price is not known. */
export function changeCost({ change: { kind }, monthlyDollars }: PreviewLine): string {
  if (monthlyDollars !== 0)
    return `${monthlyDollars > 0 ? '+' : '−'}${dollars.format(Math.abs(monthlyDollars))}`;
  if (kind.startsWith('launch') || kind === 'startInstance') return l10n.t('plus the instance');
  if (kind === 'terminateInstance' || kind === 'stopInstance') return l10n.t('less the instance');
  return '–';
}
