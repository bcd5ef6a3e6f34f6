import * as l10n from '@vscode/l10n';
import { type Activity, undoIdOf } from '../../core/plan/activities.ts';
import { recipeTitle } from '../../words/recipeTitle.ts';
import { dayText } from '../../words/time.ts';
import type { RowToken } from '../contributions.ts';
import type { Row } from './row.ts';

/** How far a plan is that runs right now. */
export type RunningOf = (planId: string) => { readonly done: number } | undefined;

interface Look {
  readonly word: string;
  readonly icon: string;
  readonly color?: string;
}

function look(activity: Activity, running: boolean): Look {
  if (running) return { word: l10n.t('running…'), icon: 'loading~spin' };
  switch (activity.state) {
    case 'done':
      return { word: l10n.t('done'), icon: 'pass', color: 'charts.green' };
    case 'unfinished':
      return { word: l10n.t('unfinished'), icon: 'warning', color: 'list.warningForeground' };
    case 'undoUnfinished':
      return { word: l10n.t('undo unfinished'), icon: 'warning', color: 'list.warningForeground' };
    case 'undone':
      return { word: l10n.t('undone'), icon: 'discard' };
  }
}

function activityRow(activity: Activity, runningOf: RunningOf): Row {
  const { plan, content, state, undoable } = activity;
  const run = runningOf(plan.id) ?? runningOf(undoIdOf(plan.id));
  const { word, icon, color } = look(activity, run !== undefined);
  const done = runningOf(plan.id)?.done ?? content.results.size;
  const count = l10n.t('{0} of {1} changes', done, plan.changes.length);
  const tokens: RowToken[] = [];
  if (run === undefined && state.endsWith('nfinished')) tokens.push('resumable');
  if (run === undefined && undoable) tokens.push('undoable');
  const when = dayText(new Date(plan.createdAt));
  return {
    id: plan.id,
    target: { kind: 'plan', planId: plan.id },
    label: recipeTitle(plan),
    description: [word, count, when].join(' · '),
    tooltip: [
      l10n.t('Plan: {0}', plan.id),
      l10n.t('Region: {0}', plan.region),
      l10n.t('State: {0}', word),
      count,
      when,
    ],
    icon,
    ...(color === undefined ? {} : { color }),
    tokens,
  };
}

/** The plans that were begun, the newest first. */
export function activityRows(activities: readonly Activity[], runningOf: RunningOf): readonly Row[] {
  return activities.map((activity) => activityRow(activity, runningOf));
}
