import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Plan } from '../../core/plan/plan.ts';
import { previewPlan } from '../../core/plan/preview.ts';
import type { PlanPreview } from '../../core/plan/preview.ts';
import { costSentence } from '../../words/cost.ts';
import { visible } from '../../words/visible.ts';

function losses(preview: PlanPreview): string | undefined {
  const { destroy } = preview.counts;
  return destroy === 0 ? undefined : l10n.t('Removals: {0}. What is removed is gone.', destroy);
}

/** Asks once more where a plan costs money or removes something; says whether to go on. */
export async function confirmPlan(plan: Plan): Promise<boolean> {
  const preview = previewPlan(plan);
  const reasons = [costSentence(preview), losses(preview)].filter((reason) => reason !== undefined);
  if (reasons.length === 0) return true;
  const apply = l10n.t('Apply');
  const chosen = await vscode.window.showWarningMessage(
    visible(l10n.t('Apply this plan to {0}?', plan.region)),
    { modal: true, detail: visible(reasons.join('\n')) },
    apply,
  );
  return chosen === apply;
}
