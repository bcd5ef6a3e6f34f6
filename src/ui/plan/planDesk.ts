import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { applyPlan } from '../../core/plan/apply.ts';
import type { Outcome } from '../../core/plan/apply.ts';
import type { Handlers } from '../../core/plan/handler.ts';
import { openJournal, readJournal } from '../../core/plan/journal.ts';
import type { JournalContent } from '../../core/plan/journal.ts';
import type { Outputs, Plan, PlanEvent } from '../../core/plan/plan.ts';
import type { CommandBoundary } from '../commandBoundary.ts';
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
  /** The next step of the walk, offered when all is done. */
  readonly next?: PlanAction;
}

/** How one run of a plan is followed and cancelled. */
export interface RunWatch {
  readonly signal: AbortSignal;
  readonly onEvent: (event: PlanEvent) => void;
}

/** What the desk needs. */
export interface PlanDeskDeps {
  readonly extensionUri: vscode.Uri;
  /** A folder for journals, made when first needed. */
  readonly journals: string;
  readonly boundary: CommandBoundary;
  /** Called right before anything is written: throws where it must not be. */
  readonly before: (signal: AbortSignal) => Promise<void>;
  /** Called after plans that may have changed something. */
  readonly changed: () => Promise<void>;
}

/** The one way to a change: each plan is shown, then journalled and carried out. */
export interface PlanDesk {
  /** Shows a plan; resolves when it is shown, and goes on when a person presses Apply. */
  present(job: PlanJob): void;
}

async function earlierRun(path: string): Promise<JournalContent | undefined> {
  try {
    return await readJournal(path);
  } catch {
    // The first run of a plan has no journal yet.
    return undefined;
  }
}

/** Carries a plan out, going on where an earlier run of it stopped. */
async function runJob(deps: PlanDeskDeps, { plan, handlers }: PlanJob, watch: RunWatch): Promise<Outcome> {
  await deps.before(watch.signal);
  await mkdir(deps.journals, { recursive: true });
  const path = join(deps.journals, `${plan.id}.jsonl`);
  const progress = await earlierRun(path);
  const journal = await openJournal(path, plan);
  try {
    return await applyPlan(plan, { handlers, journal, progress, ...watch });
  } finally {
    await journal.close();
    await deps.changed();
  }
}

/** Makes the desk where plans are shown and carried out. */
export function createPlanDesk(deps: PlanDeskDeps): PlanDesk {
  return {
    present: (job) => {
      const panel = new PlanPanel(job, deps.extensionUri, deps.boundary, (watch) =>
        vscode.window.withProgress({ location: { viewId: 'ec2MultiIp.network' } }, () =>
          runJob(deps, job, watch),
        ),
      );
      panel.show();
    },
  };
}
