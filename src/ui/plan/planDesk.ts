import { mkdir } from 'node:fs/promises';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { InventoryIndex } from '../../core/model/inventoryIndex.ts';
import { type Activity, journalPath, requireAccountOf, undoIdOf } from '../../core/plan/activities.ts';
import { applyPlan } from '../../core/plan/apply.ts';
import type { Outcome } from '../../core/plan/apply.ts';
import type { Handlers } from '../../core/plan/handler.ts';
import { openJournal } from '../../core/plan/journal.ts';
import type { JournalContent } from '../../core/plan/journal.ts';
import type { Outputs, Plan, PlanEvent } from '../../core/plan/plan.ts';
import { sparingOthers } from '../../core/plan/sparingOthers.ts';
import { takeBack } from '../../core/plan/takeBack.ts';
import { recipeTitle } from '../../words/recipeTitle.ts';
import type { CommandBoundary } from '../commandBoundary.ts';
import type { ConfirmationWatch } from '../guest/confirmationWatch.ts';
import { leftSentence } from '../leftSentence.ts';
import { planDone } from '../milestones.ts';
import { Refusal } from '../refusal.ts';
import type { PlanBook } from './planBook.ts';
import { PlanPanel } from './planPanel.ts';

/** A further button of a plan's panel. */
export interface PlanAction {
  readonly label: string;
  run(outputs: ReadonlyMap<string, Outputs>): Promise<void>;
}

/** What is to be carried out, and what can be done before and after it. */
export interface PlanJob {
  readonly title: string;
  readonly plan: Plan;
  readonly handlers: Handlers;
  /** Shows more of what the plan changes, such as the difference of files. */
  readonly look?: PlanAction;
  /** Called once it is applied or its panel is closed: what `look` has opened is of no more use then. */
  readonly over?: () => Promise<void>;
  /** Where the panel opens; in the active group unless given. */
  readonly column?: vscode.ViewColumn;
  /** Why there is nothing to change, where that has a reason of its own. */
  readonly nothing?: string | undefined;
  /** The next step of the walk, offered when all is done. */
  readonly next?: PlanAction;
  /** What belongs to it and follows by itself when all is done. */
  readonly then?: () => Promise<void>;
  /** The time to confirm what the plan changes, where it has one. */
  readonly confirmation?: ConfirmationWatch;
}

/** A plan of a journal, and whose it is. */
export type PlannedFor = Pick<JournalContent, 'plan' | 'account'>;

/** How one run of a plan is followed and cancelled. */
export interface RunWatch {
  readonly signal: AbortSignal;
  readonly onEvent: (event: PlanEvent) => void;
}

/** What the desk needs. */
export interface PlanDeskDeps {
  readonly extensionUri: vscode.Uri;
  readonly book: PlanBook;
  readonly boundary: CommandBoundary;
  /** Called right before anything is written: the account that it is written to; throws where it must not be. */
  readonly before: (plan: Plan, signal: AbortSignal) => Promise<string | undefined>;
  /** Called before the first change of a plan: throws where the account may not make its changes. */
  readonly permitted?: (plan: Plan, signal: AbortSignal) => Promise<void>;
  /** Another one as soon as another account is shown: no plan made before is carried out then. */
  readonly session: () => object;
  /** Calls back with the account before, when another one is shown. */
  readonly onDidSwitch: vscode.Event<string | undefined>;
  /** Called after plans that may have changed something. */
  readonly changed: (plan: Plan) => Promise<void>;
  /** What a plan of a journal is carried out with; throws where that is another account's, before anything is asked for. */
  readonly handlersFor: (content: PlannedFor) => Promise<Handlers>;
  /** What the Region of a plan holds now. */
  readonly inventory: (plan: Plan) => Promise<InventoryIndex>;
}

/** The one way to a change: each plan is shown, then journalled and carried out. */
export interface PlanDesk {
  /** Shows a plan; resolves when it is shown, and goes on when a person presses Apply. */
  present(job: PlanJob): void;
  /** Goes on with a plan, or with its undo where that was begun: right away, since it was shown before. */
  resume(activity: Activity): Promise<void>;
  /** Shows the plan that takes back what was done of a plan. */
  undo(activity: Activity): Promise<void>;
}

/** Carries a plan out, going on where an earlier run of it stopped. */
async function runJob(
  { book, before, permitted, changed }: PlanDeskDeps,
  { plan, handlers }: Pick<PlanJob, 'plan' | 'handlers'>,
  watch: RunWatch,
): Promise<Outcome> {
  const account = await before(plan, watch.signal);
  await mkdir(book.folder, { recursive: true });
  await requireAccountOf(book.folder, plan, account);
  // A plan that has gone so far once is not stopped for what may be left of it.
  const isNew = !(await book.activities()).some((it) => it.plan.id === (plan.undoes ?? plan.id));
  if (isNew) await permitted?.(plan, watch.signal);
  const journal = await openJournal(journalPath(book.folder, plan.id), plan, { account });
  const progress = journal.earlier;
  const done = new Set(progress?.results.keys());
  book.report(plan.id, { done: done.size });
  const onEvent = (event: PlanEvent): void => {
    if (event.type === 'done') done.add(event.change.id);
    book.report(plan.id, { done: done.size });
    watch.onEvent(event);
  };
  try {
    const outcome = await applyPlan(plan, { handlers, journal, progress, ...watch, onEvent });
    if (outcome.state === 'done') planDone(plan);
    return outcome;
  } finally {
    await journal.close();
    book.report(plan.id, undefined);
    await changed(plan);
  }
}

/** The plan that takes a plan back: the one begun before, or else a new one. */
async function undoOf(
  { plan, content, undo }: Activity,
  handlers: Handlers,
  inventory: PlanDeskDeps['inventory'],
): Promise<Plan> {
  if (undo !== undefined) return undo.plan;
  const identity = { id: undoIdOf(plan.id), createdAt: new Date().toISOString() };
  const back = await takeBack(content, handlers, identity);
  if (back === undefined) throw cannotBeTakenBack();
  const isSparing = back.changes.some(({ kind }) => kind === 'deleteRoute');
  return isSparing ? sparingOthers(back, await inventory(plan)) : back;
}

function cannotBeTakenBack(): Refusal {
  return new Refusal(l10n.t('Nothing that this plan did can be taken back.'), 'none');
}

/** Makes the desk where plans are shown and carried out. */
export function createPlanDesk(deps: PlanDeskDeps): PlanDesk {
  const { book } = deps;
  const open = (job: PlanJob, earlier?: JournalContent): PlanPanel => {
    const session = deps.session();
    const run = (watch: RunWatch) =>
      vscode.window.withProgress({ location: { viewId: 'ec2MultiIp.network' } }, () => {
        if (deps.session() !== session) throw new Refusal(leftSentence(undefined), 'none');
        return runJob(deps, job, watch);
      });
    const undo = async (): Promise<void> => {
      const all = await book.activities();
      const activity = all.find(({ plan }) => plan.id === job.plan.id);
      if (activity !== undefined) await desk.undo(activity);
    };
    const panel = new PlanPanel({ ...job, undo }, deps.extensionUri, deps.boundary, run, earlier);
    const switches = deps.onDidSwitch((account) => {
      panel.leave(leftSentence(account));
    });
    panel.onDidClose(() => {
      switches.dispose();
    });
    panel.show();
    return panel;
  };
  const requireIdle = ({ plan }: Activity): void => {
    if ([plan.id, undoIdOf(plan.id)].some((id) => book.running(id) !== undefined)) {
      throw new Refusal(l10n.t('This plan is running right now.'), 'none');
    }
  };
  const desk: PlanDesk = {
    present: (job) => {
      // What is as it is to be needs no change.
      if (job.plan.changes.length === 0) planDone(job.plan);
      open(job);
    },
    resume: async (activity) => {
      requireIdle(activity);
      const content = activity.undo ?? activity.content;
      if (content.state === 'done')
        throw new Refusal(l10n.t('This plan is done: there is nothing to resume.'), 'none');
      const { plan } = content;
      const job = { title: recipeTitle(plan), plan, handlers: await deps.handlersFor(content) };
      await open(job, content).resume();
    },
    undo: async (activity) => {
      requireIdle(activity);
      if (!activity.undoable) throw cannotBeTakenBack();
      const handlers = await deps.handlersFor(activity.content);
      const plan = await undoOf(activity, handlers, deps.inventory);
      const job = { title: recipeTitle(plan), plan, handlers };
      // Nothing came about after all: that is the whole undo.
      if (plan.changes.length === 0) {
        await runJob(deps, job, { signal: new AbortController().signal, onEvent: () => undefined });
      }
      open(job, activity.undo);
    },
  };
  return desk;
}
