import { CoreError, isCoreError } from '../base/errors.ts';
import type { ApplyOptions } from './apply.ts';
import { type ChangeHandler, type Handlers, type Step, refsIn, resolveInput } from './handler.ts';
import type { KnownInput } from './handler.ts';
import { findOnce, lookUp } from './lookUp.ts';
import { type Patience, isUncertain } from './patience.ts';
import { type Performance, checkPatiently, performPatiently } from './perform.ts';
import type { AnyChange, Change, ChangeKind, Outputs, Plan } from './plan.ts';
import type { Verifier } from './verify.ts';

/** One run of a plan, as each of its changes needs it. */
export interface Run extends Omit<ApplyOptions, 'patience'> {
  readonly plan: Plan;
  readonly patience: Patience;
  /** What the changes that are done gave, by change id. */
  readonly outputs: Map<string, Outputs>;
  readonly verifier: Verifier;
}

/** One change of a run, with all that it waits for known. */
interface Carried<K extends ChangeKind> extends Performance {
  readonly change: Change<K> & AnyChange;
  readonly handler: ChangeHandler<K>;
  readonly input: KnownInput<K>;
  readonly step: Step;
  /** Takes the error with which AWS said that it did nothing. */
  readonly refusal: { error?: unknown };
}

/** Carries one change out: its intent is on disk before anything is sent, and its result after. */
export async function runChange<K extends ChangeKind>(
  run: Run,
  change: Change<K> & AnyChange,
): Promise<void> {
  const { plan, journal, onEvent, outputs, patience } = run;
  const handler = handlerOf<K>(run.handlers, change);
  const input = resolveInput<Change<K>['input']>(change.input, outputs);
  const sentAt = run.progress?.since?.get(change.id);
  const step: Step = { planId: plan.id, changeId: change.id, sentAt, signal: run.signal };
  const freshNeeds = refsIn(change.input).length > 0;
  const refusal: Carried<K>['refusal'] = {};
  const carried: Carried<K> = { change, handler, input, step, patience, freshNeeds, refusal };
  const known = outputs.get(change.id);
  if (known === undefined) onEvent?.({ type: 'started', change });
  try {
    const result = known === undefined ? await resultOf(run, carried) : { outputs: known, isNew: false };
    if (known === undefined) {
      await journal?.append({ type: 'result', change: change.id, outputs: result.outputs });
      outputs.set(change.id, result.outputs);
    }
    if (known === undefined || !wasBuiltOn(run, change)) await handler.settle?.(input, step);
    if (result.isNew) await verify(run, carried);
    onEvent?.({ type: 'done', change, outputs: result.outputs });
  } catch (error) {
    if (!cameToNothing(error)) await fail(run, change, { error, refused: error === refusal.error });
    else {
      outputs.delete(change.id);
      await fail(run, change, { error, refused: true });
    }
    throw error;
  }
}

/** Whether an earlier run has begun what needs it: then it has come into effect, and that may be over by now. */
function wasBuiltOn({ plan, progress, outputs }: Run, { id }: AnyChange): boolean {
  return plan.changes.some(
    (later) => later.needs.includes(id) && (outputs.has(later.id) || progress?.begun.has(later.id) === true),
  );
}

/** Says that a change has failed, where it is read later and where it is watched now. */
export async function fail(
  { journal, onEvent }: Pick<Run, 'journal' | 'onEvent'>,
  change: AnyChange,
  { error, refused }: { readonly error: unknown; readonly refused: boolean },
): Promise<void> {
  const entry = { type: 'failure', change: change.id, message: String(error) } as const;
  await journal?.append(refused ? { ...entry, refused } : entry);
  onEvent?.({ type: 'failed', change, error });
}

/** Tells whether what EC2 had accepted is known to have had no effect, so that it may be sent again. */
function cameToNothing(error: unknown): boolean {
  return isCoreError(error, 'plan.wrongState') || isCoreError(error, 'plan.reverseDnsRefused');
}

/** What an earlier run has done already, or else what doing it now gives. */
async function resultOf<K extends ChangeKind>(
  run: Run,
  carried: Carried<K>,
): Promise<{ readonly outputs: Outputs; readonly isNew: boolean }> {
  const { change, handler, input, step } = carried;
  const { begun, since } = run.progress ?? {};
  if (begun?.has(change.id) === true) {
    const found = await lookUp(handler, input, step, run.patience, since?.get(change.id) ?? 0);
    if (found !== undefined) return { outputs: found, isNew: false };
  } else if (run.progress !== undefined && (handler.findsByTag === true || !carried.freshNeeds)) {
    // A journal that was cut short may have lost that this was begun; what is on a new thing is refused if so.
    const found = await findOnce<K>(change, run.outputs, run.handlers, step);
    if (found !== undefined) return { outputs: found, isNew: false };
  }
  const waits = { patience: run.patience, freshNeeds: change.needs.length > 0 };
  // What this plan has made itself, nobody else has planned with.
  if (handler.before !== undefined && !carried.freshNeeds) {
    await checkPatiently(async () => handler.before?.(input, step), step, waits);
  }
  // From here on a crash leaves in doubt whether it was done.
  await run.journal?.append({ type: 'intent', change: change.id, at: Date.now() });
  return { outputs: await performed(run, carried), isNew: true };
}

/** Looks whether the change has come about: beside what needs it, or else before it counts as done. */
async function verify<K extends ChangeKind>(run: Run, carried: Carried<K>): Promise<void> {
  const { change, handler, step } = carried;
  if (handler.provesItself === true) return;
  if (run.plan.changes.some(({ needs }) => needs.includes(change.id))) {
    run.verifier.begin(change, (signal) => requireDone(run, carried, { ...step, signal }));
    return;
  }
  try {
    await requireDone(run, carried, step);
  } catch (error) {
    // A cancel ends the look, which says nothing against the change.
    if (run.signal?.aborted !== true) throw error;
  }
}

async function performed<K extends ChangeKind>(run: Run, carried: Carried<K>): Promise<Outputs> {
  const { change, handler, input, step, freshNeeds } = carried;
  let inDoubt = run.progress?.begun.has(change.id) === true;
  const onLost = (): void => {
    inDoubt = true;
  };
  try {
    return await performPatiently(handler, input, step, { ...carried, onLost });
  } catch (error) {
    if (!isRefusal(error)) throw error;
    // On what the plan has made itself, only an earlier run that its journal has lost can have done it.
    const perhapsDone = inDoubt || (run.progress !== undefined && freshNeeds);
    const found = perhapsDone ? await findOnce<K>(change, run.outputs, run.handlers, step) : undefined;
    if (found !== undefined) return found;
    if (!inDoubt) carried.refusal.error = error;
    throw error;
  }
}

/** Looks until the change shows. */
async function requireDone<K extends ChangeKind>(
  run: Run,
  { change, patience }: Carried<K>,
  step: Step,
): Promise<void> {
  const look = async (): Promise<void> => {
    if ((await findOnce<K>(change, run.outputs, run.handlers, step)) === undefined) {
      throw new CoreError('plan.notAsPlanned', { change: change.id });
    }
  };
  await checkPatiently(look, step, { patience, freshNeeds: true });
}

/** Tells whether AWS has answered that it did nothing. */
function isRefusal(error: unknown): boolean {
  if (isCoreError(error, 'aws.denied') || isCoreError(error, 'aws.throttled')) return true;
  if (unsigned.some((code) => isCoreError(error, code))) return true;
  return isCoreError(error, 'aws.refused') && !isUncertain(error);
}

/** With these nothing was sent, or nothing was done of it: whoever signs in again can go on at once. */
const unsigned = [
  'aws.ssoEnded',
  'aws.ssoDenied',
  'aws.credentialsExpired',
  'aws.credentialsRefused',
  'aws.credentialsTimeout',
  'aws.noCredentials',
  'aws.processFailed',
  'aws.mfaRefused',
  'aws.clockWrong',
] as const;

/** The handler of a change's kind. */
export function handlerOf<K extends ChangeKind>(handlers: Handlers, change: Change<K>): ChangeHandler<K> {
  const handler = handlers[change.kind];
  if (handler === undefined) throw new RangeError(`no handler for ${change.kind}`);
  return handler;
}
