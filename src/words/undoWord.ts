import * as l10n from '@vscode/l10n';
import type { AnyChange, ChangeKind } from '../core/plan/plan.ts';

/** What is lost when a change of this kind is taken back, where something is. */
const losses: Partial<Record<ChangeKind, () => string>> = {
  releaseEip: () =>
    l10n.t('The address can only be recovered while nobody else has it, and without its tags.'),
  stopInstance: () => l10n.t('What is in its memory and on instance store volumes is gone.'),
  rebootInstance: () => l10n.t('What runs is ended and begins anew.'),
  terminateInstance: () => l10n.t('The instance and its root volume are gone for good.'),
};

/** A word for how well a change can be taken back. */
export function undoWord({ undo }: AnyChange): string {
  if (undo === 'exact') return l10n.t('Exact');
  return undo === 'lossy' ? l10n.t('With a loss') : l10n.t('None');
}

/** What is lost when it is taken back, where something is. */
export function undoLoss(change: AnyChange): string | undefined {
  return change.undo === 'exact' ? undefined : losses[change.kind]?.();
}
