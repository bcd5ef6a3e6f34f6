import type { Handlers } from './handler.ts';
import type { JournalContent } from './journal.ts';
import { lookUpBegun } from './lookUp.ts';
import { DEFAULT_PATIENCE, type Patience } from './patience.ts';
import type { Plan } from './plan.ts';
import { undoPlan } from './undo.ts';

/**
 * The plan that takes back all that was done of a plan, whether its journal knows of it or not.
 *
 * @returns `undefined` where something was done that nothing takes back: there is nothing to put the rest back on.
 */
export async function takeBack(
  content: JournalContent,
  handlers: Handlers,
  identity: { readonly id: string; readonly createdAt: string },
  patience: Patience = DEFAULT_PATIENCE,
): Promise<Plan | undefined> {
  const results = await lookUpBegun(content, handlers, undefined, patience);
  const isLost = content.plan.changes.some(({ id, undo }) => undo === 'none' && results.has(id));
  return isLost ? undefined : undoPlan(content.plan, results, handlers, identity);
}
