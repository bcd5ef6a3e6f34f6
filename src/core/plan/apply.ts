import { isExpected } from '../base/errors.ts';
import type { Handlers } from './handler.ts';
import type { Journal, PlanProgress } from './journal.ts';
import { DEFAULT_PATIENCE, type Patience } from './patience.ts';
import type { AnyChange, Outputs, Plan, PlanEvent } from './plan.ts';
import { type Run, fail as tellFailure, handlerOf, runChange } from './runChange.ts';
import { runGraph } from './schedule.ts';
import { requireNeeds } from './stillThere.ts';
import { type Verifier, createVerifier } from './verify.ts';

/** What a plan is applied with. */
export interface ApplyOptions {
  /** A handler for each kind of change in the plan. */
  readonly handlers: Handlers;
  readonly journal?: Journal | undefined;
  /** Cancels at the next safe point: nothing more starts, and calls that were sent are waited for. */
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: PlanEvent) => void) | undefined;
  /** How far an earlier run came; what it finished is not done again. */
  readonly progress?: PlanProgress | undefined;
  readonly patience?: Patience | undefined;
  /** How many changes may be under way at the same time. */
  readonly concurrency?: number | undefined;
}

/** How applying a plan ended, and what its changes gave, by change id. */
export type Outcome =
  | { readonly state: 'done'; readonly outputs: ReadonlyMap<string, Outputs> }
  | {
      readonly state: 'failed';
      readonly outputs: ReadonlyMap<string, Outputs>;
      readonly failures: readonly ChangeFailure[];
    }
  | { readonly state: 'cancelled'; readonly outputs: ReadonlyMap<string, Outputs> };

/** A change that failed, with why. */
export interface ChangeFailure {
  readonly change: AnyChange;
  readonly error: unknown;
}

const DEFAULT_CONCURRENCY = 16;

/**
 * Carries a plan out: each change as soon as what it needs is done, its intent on disk before it is sent and
 * its result after. Reads nothing but the plan.
 *
 * An expected failure is an outcome; only what is wrong with the plan itself throws.
 */
export async function applyPlan(plan: Plan, options: ApplyOptions): Promise<Outcome> {
  for (const change of plan.changes) handlerOf(options.handlers, change);
  const outputs = new Map<string, Outputs>(options.progress?.results);
  const failures: ChangeFailure[] = [];
  const verifier = createVerifier(options.signal);
  const cancelled = (): boolean => options.signal?.aborted ?? false;
  const run: Run = { ...options, plan, outputs, patience: options.patience ?? DEFAULT_PATIENCE, verifier };
  const fail = (change: AnyChange, error: unknown): void => {
    // A wait that the cancel ended is no failure of the change.
    if (!cancelled() || isExpected(error)) failures.push({ change, error });
  };
  const goesOn = await isAsLeft(run, fail);
  if (goesOn) {
    await runGraph(plan.changes, {
      limit: options.concurrency ?? DEFAULT_CONCURRENCY,
      stopped: () => cancelled() || verifier.failed(),
      run: async (change) => {
        try {
          await runChange(run, change);
        } catch (error) {
          fail(change, error);
          throw error;
        }
      },
    });
  }
  await verified(verifier, { run, fail, isFailing: () => failures.length > 0 || cancelled() });
  const done = plan.changes.every(({ id }) => outputs.has(id));
  const state = failures.length > 0 ? 'failed' : done && !cancelled() ? 'done' : 'cancelled';
  // All that matters is on disk already: a journal without an end reads as cut off.
  await options.journal?.append({ type: 'end', state }).catch(() => undefined);
  return state === 'failed' ? { state, outputs, failures } : { state, outputs };
}

type Fail = (change: AnyChange, error: unknown) => void;

/** Looks whether what an earlier run has made, and is needed now, is still there. */
async function isAsLeft(run: Run, fail: Fail): Promise<boolean> {
  if (run.progress === undefined) return true;
  const lost = await requireNeeds(run);
  for (const { change, error } of lost) {
    await tellFailure(run, change, { error, refused: false });
    fail(change, error);
  }
  return lost.length === 0 && run.signal?.aborted !== true;
}

interface Ending {
  readonly run: Run;
  readonly fail: Fail;
  readonly isFailing: () => boolean;
}

/** Waits until all that was done has been seen; where something else has failed already, nothing is waited for. */
async function verified(verifier: Verifier, { run, fail, isFailing }: Ending): Promise<void> {
  if (isFailing()) verifier.stop();
  for (const { change, error } of await verifier.failures()) {
    await tellFailure(run, change, { error, refused: false });
    fail(change, error);
  }
}
