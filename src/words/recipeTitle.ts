import * as l10n from '@vscode/l10n';
import type { Plan, RecipeName } from '../core/plan/plan.ts';

const titles: Readonly<Record<RecipeName, () => string>> = {
  createStack: () => l10n.t('Create Stack'),
  addPairs: () => l10n.t('Add Secondary IP + EIP'),
  pair: () => l10n.t('Pair'),
  unpair: () => l10n.t('Unpair'),
  removePairs: () => l10n.t('Remove Addresses'),
  moveEip: () => l10n.t('Move Elastic IP'),
  releaseEips: () => l10n.t('Release Elastic IPs'),
  attachEni: () => l10n.t('Attach Network Interface'),
  launch: () => l10n.t('Launch Instance'),
  reverseDns: () => l10n.t('Reverse DNS'),
  mend: () => l10n.t('Mend the Network'),
  restart: () => l10n.t('Restart Instance'),
  teardown: () => l10n.t('Tear Down'),
  configureGuest: () => l10n.t('Configure Guest OS'),
};

/** What a plan is called in a list of plans. */
export function recipeTitle({ recipe, undoes }: Pick<Plan, 'recipe' | 'undoes'>): string {
  // A journal may name a recipe that this version does not know.
  const title = (titles as Partial<typeof titles>)[recipe]?.() ?? recipe;
  return undoes === undefined ? title : l10n.t('Undo: {0}', title);
}
