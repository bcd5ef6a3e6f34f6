import { isExpected } from '../base/errors.ts';
import { type ChangeHandler, type Handlers, type Step, refsIn, resolveInput } from './handler.ts';
import type { Journal, PlanProgress } from './journal.ts';
import { DEFAULT_PATIENCE, type Patience, performPatiently } from './patience.ts';
import type { AnyChange, Change, ChangeKind, Outputs, Plan, PlanEvent } from './plan.ts';
import { runGraph } from './schedule.ts';

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
  const stopped = (): boolean => options.signal?.aborted ?? false;
  await runGraph(plan.changes, {
    limit: options.concurrency ?? DEFAULT_CONCURRENCY,
    stopped,
    run: async (change) => {
      try {
        await runChange(plan, change, outputs, options);
      } catch (error) {
        // A wait that the cancel ended is no failure of the change.
        if (!stopped() || isExpected(error)) failures.push({ change, error });
        throw error;
      }
    },
  });
  const done = plan.changes.every(({ id }) => outputs.has(id));
  const state = failures.length > 0 ? 'failed' : done && !stopped() ? 'done' : 'cancelled';
  // All that matters is on disk already: a journal without an end reads as cut off.
  await options.journal?.append({ type: 'end', state }).catch(() => undefined);
  return state === 'failed' ? { state, outputs, failures } : { state, outputs };
}

async function runChange<K extends ChangeKind>(
  plan: Plan,
  change: Change<K> & AnyChange,
  outputs: Map<string, Outputs>,
  options: ApplyOptions,
): Promise<void> {
  const { journal, onEvent, progress, patience = DEFAULT_PATIENCE } = options;
  const handler = handlerOf<K>(options.handlers, change);
  const input = resolveInput<Change<K>['input']>(change.input, outputs);
  const step: Step = { planId: plan.id, changeId: change.id, signal: options.signal };
  const known = outputs.get(change.id);
  if (known !== undefined) {
    await handler.settle?.(input, step);
    onEvent?.({ type: 'done', change, outputs: known });
    return;
  }
  await journal?.append({ type: 'intent', change: change.id });
  onEvent?.({ type: 'started', change });
  try {
    const found = progress?.begun.has(change.id) === true ? await handler.find(input, step) : undefined;
    const freshNeeds = refsIn(change.input).length > 0;
    const result = found ?? (await performPatiently(handler, input, step, { patience, freshNeeds }));
    await journal?.append({ type: 'result', change: change.id, outputs: result });
    outputs.set(change.id, result);
    await handler.settle?.(input, step);
    onEvent?.({ type: 'done', change, outputs: result });
  } catch (error) {
    await journal?.append({ type: 'failure', change: change.id, message: String(error) });
    onEvent?.({ type: 'failed', change, error });
    throw error;
  }
}

function handlerOf<K extends ChangeKind>(handlers: Handlers, change: Change<K>): ChangeHandler<K> {
  const handler = handlers[change.kind];
  if (handler === undefined) throw new RangeError(`no handler for ${change.kind}`);
  return handler;
}
