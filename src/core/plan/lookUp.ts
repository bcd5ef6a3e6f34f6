import { type Handlers, type Step, resolveInput } from './handler.ts';
import type { JournalContent } from './journal.ts';
import type { Change, ChangeKind, Outputs } from './plan.ts';

/**
 * Finds out which of the changes that were begun have come about after all: their outputs, beside those known.
 *
 * To be asked before a plan is taken back, or what a lost answer made would stay behind. Changes nothing.
 */
export async function lookUpBegun(
  { plan, results, begun }: JournalContent,
  handlers: Handlers,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, Outputs>> {
  const found = await Promise.all(
    plan.changes
      .filter(({ id }) => begun.has(id))
      .map(async (change) => {
        const step = { planId: plan.id, changeId: change.id, signal };
        return [change.id, await find(change, results, handlers, step)] as const;
      }),
  );
  const all = new Map(results);
  for (const [id, outputs] of found) if (outputs !== undefined) all.set(id, outputs);
  return all;
}

async function find<K extends ChangeKind>(
  change: Change<K>,
  results: ReadonlyMap<string, Outputs>,
  handlers: Handlers,
  step: Step,
): Promise<Outputs | undefined> {
  return handlers[change.kind]?.find(resolveInput<Change<K>['input']>(change.input, results), step);
}
