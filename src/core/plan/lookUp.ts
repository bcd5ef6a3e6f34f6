import {
  type ChangeHandler,
  type Handlers,
  type KnownInput,
  type Step,
  refsIn,
  resolveInput,
} from './handler.ts';
import type { JournalContent } from './journal.ts';
import {
  DEFAULT_PATIENCE,
  FEWEST_LOOKS,
  type Patience,
  isNotVisible,
  lagOf,
  pause,
  pausesOf,
} from './patience.ts';
import type { AnyChange, Change, ChangeKind, Outputs } from './plan.ts';

/** By then one look tells all. */
const LONG_AGO_MILLISECONDS = 3_600_000;

/**
 * Looks for what a change that was sent at `since` (milliseconds since 1970) has done, until it would show.
 *
 * @returns its outputs, or `undefined` where it has certainly had no effect.
 * @throws what the last look failed with, where it cannot be told.
 */
export async function lookUp<K extends ChangeKind>(
  handler: ChangeHandler<K>,
  input: KnownInput<K>,
  step: Step,
  patience: Patience,
  since: number,
): Promise<Outputs | undefined> {
  const pauses = pausesOf(patience);
  for (let looks = 1; ; looks++) {
    const age = Date.now() - since;
    const isLast = age > lagOf(patience) && (looks >= FEWEST_LOOKS || age > LONG_AGO_MILLISECONDS);
    try {
      const found = await handler.find(input, step);
      // What EC2 does not do twice may be sent again right away.
      if (found !== undefined || isLast || handler.repeatable === true) return found;
    } catch (error) {
      if (isNotVisible(error)) {
        if (isLast) return undefined;
      } else if (isLast) throw error;
    }
    await pause(pauses, step);
  }
}

/**
 * Finds out which of the changes without a known result have come about after all: their outputs, beside those known.
 *
 * To be asked before a plan is taken back, or what a lost answer made would stay behind. Changes that were begun
 * are waited for until they would show; others are looked for once where the journal may have lost their beginning:
 * all of them where it has no end, and else what can only be the plan's own.
 */
export async function lookUpBegun(
  content: JournalContent,
  handlers: Handlers,
  signal?: AbortSignal,
  patience: Patience = DEFAULT_PATIENCE,
): Promise<ReadonlyMap<string, Outputs>> {
  const { plan, begun, since } = content;
  const all = new Map(content.results);
  let left = plan.changes.filter(({ id }) => !all.has(id));
  for (;;) {
    // What a change found gives may be what others are looked for by.
    const ready = left.filter((change) => refsIn(change.input).every((id) => all.has(id)));
    left = left.filter((change) => !ready.includes(change));
    if (ready.length === 0) return all;
    const found = await Promise.all(
      ready.map(async (change) => {
        const step = { planId: plan.id, changeId: change.id, signal };
        if (begun.has(change.id)) {
          return findBegun(change, all, handlers, { step, patience, since: since?.get(change.id) ?? 0 });
        }
        // A state that comes and goes says nothing of who has brought it about.
        const shows = handlers[change.kind]?.provesItself !== true;
        const mayBeLost = (content.state === undefined && shows) || isOwn(change, handlers);
        return mayBeLost ? findOnce(change, all, handlers, step) : undefined;
      }),
    );
    ready.forEach(({ id }, index) => {
      const outputs = found[index];
      if (outputs !== undefined) all.set(id, outputs);
    });
  }
}

/** Whether what is found can only be this change's doing: it carries its tags, or is on what the plan has made. */
function isOwn(change: AnyChange, handlers: Handlers): boolean {
  return handlers[change.kind]?.findsByTag === true || refsIn(change.input).length > 0;
}

interface Begun {
  readonly step: Step;
  readonly patience: Patience;
  readonly since: number;
}

async function findBegun<K extends ChangeKind>(
  change: Change<K>,
  results: ReadonlyMap<string, Outputs>,
  handlers: Handlers,
  { step, patience, since }: Begun,
): Promise<Outputs | undefined> {
  const handler = handlers[change.kind];
  if (handler === undefined) return undefined;
  // Being safe to repeat is of no use here: nothing is to be sent.
  const waiting = { ...handler, repeatable: false };
  return lookUp(waiting, resolveInput<Change<K>['input']>(change.input, results), step, patience, since);
}

/** Looks once; what is not there, or not yet, has not come about. */
export async function findOnce<K extends ChangeKind>(
  change: Change<K>,
  results: ReadonlyMap<string, Outputs>,
  handlers: Handlers,
  step: Step,
): Promise<Outputs | undefined> {
  try {
    return await handlers[change.kind]?.find(resolveInput<Change<K>['input']>(change.input, results), step);
  } catch (error) {
    if (isNotVisible(error)) return undefined;
    throw error;
  }
}
