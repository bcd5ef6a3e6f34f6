import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { CoreError } from '../../core/base/errors.ts';
import { type Activity, journalPath, readFaults } from '../../core/plan/activities.ts';
import { recipeTitle } from '../../words/recipeTitle.ts';
import { dayText } from '../../words/time.ts';
import { withoutLinks } from '../plainText.ts';
import { Refusal } from '../refusal.ts';
import type { Services } from '../services.ts';
import type { PlanTarget } from '../target.ts';
import { askPick } from '../wizard/askPick.ts';

type Fits = (activity: Activity) => boolean;

function isUnfinished({ state }: Activity): boolean {
  return state === 'unfinished' || state === 'undoUnfinished';
}

async function planFor(
  { book }: Services,
  title: string,
  target: PlanTarget | undefined,
  fits: Fits,
): Promise<Activity> {
  const all = await book.activities();
  if (target !== undefined) {
    const found = all.find(({ plan }) => plan.id === target.planId);
    if (found === undefined) throw new CoreError('plan.notFound', { what: 'plan', id: target.planId });
    return found;
  }
  const choices = all.filter(fits).map((activity) => ({
    label: recipeTitle(activity.plan),
    description: [activity.plan.region, dayText(new Date(activity.plan.createdAt))].join(' · '),
    value: activity,
  }));
  if (choices.length === 0) throw new Refusal(l10n.t('There is no plan that this can be done with.'), 'none');
  return askPick({ title, step: 1, totalSteps: 1 }, { placeholder: l10n.t('Plan'), choices });
}

/** Registers the commands that go on with a plan, take it back, and show its journal. */
export function registerPlans(services: Services): vscode.Disposable {
  const { boundary, desk, book } = services;
  return vscode.Disposable.from(
    boundary.command('ec2MultiIp.resumePlan', async (target) => {
      await desk.resume(await planFor(services, l10n.t('Resume Plan'), target, isUnfinished));
    }),
    boundary.command('ec2MultiIp.undoPlan', async (target) => {
      await desk.undo(await planFor(services, l10n.t('Undo Plan'), target, ({ undoable }) => undoable));
    }),
    boundary.command('ec2MultiIp.openPlanLog', async (target) => {
      const { plan } = await planFor(services, l10n.t('Open Plan Log'), target, () => true);
      await vscode.window.showTextDocument(vscode.Uri.file(journalPath(book.folder, plan.id)));
    }),
  );
}

/** Offers to go on with the newest plan that an earlier session left unfinished, or to take it back. */
export async function offerUnfinished({ book, desk, boundary }: Services): Promise<void> {
  // What cannot be read may be unfinished too: that must not go unseen.
  for (const fault of await readFaults(book.folder)) {
    void boundary.run('read a journal', () => Promise.reject(fault));
  }
  const activity = (await book.activities()).find(isUnfinished);
  if (activity === undefined) return;
  const { plan, content, undoable } = activity;
  const resume = l10n.t('Resume');
  const undo = l10n.t('Undo');
  const sentence = l10n.t(
    'A plan is unfinished: {0}, {1} of {2} changes done.',
    recipeTitle(plan),
    content.results.size,
    plan.changes.length,
  );
  const offers = undoable ? [resume, undo] : [resume];
  // Not awaited by the door: a message that nobody answers must not hold anything up.
  void vscode.window.showWarningMessage(withoutLinks(sentence), ...offers).then((chosen) => {
    if (chosen === resume) return boundary.run('resume', () => desk.resume(activity));
    return chosen === undo ? boundary.run('undo', () => desk.undo(activity)) : undefined;
  });
}
