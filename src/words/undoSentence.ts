import * as l10n from '@vscode/l10n';
import type { AnyChange, ChangeKind } from '../core/plan/plan.ts';

/** What is lost when a change of this kind is taken back, where something is. */
const losses: Partial<Record<ChangeKind, () => string>> = {
  allocateEip: () => l10n.t('The address may go to someone else once it is released.'),
  releaseEip: () =>
    l10n.t('The address can only be had back while nobody else has it, and without its tags.'),
  terminateInstance: () => l10n.t('The instance and its root volume are gone for good.'),
  launchInstance: () => l10n.t('Taking it back terminates the instance with all that is on it.'),
};

/** A word for how well a change can be taken back. */
export function undoWord({ undo }: AnyChange): string {
  if (undo === 'exact') return l10n.t('Can be undone');
  return undo === 'lossy' ? l10n.t('Undo loses something') : l10n.t('Cannot be undone');
}

/** The whole sentence about taking a change back, for a tooltip. */
export function undoSentence(change: AnyChange): string {
  return losses[change.kind]?.() ?? undoWord(change);
}
