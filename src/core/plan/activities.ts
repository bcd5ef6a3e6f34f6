import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CoreError, isExpected } from '../base/errors.ts';
import { type JournalContent, readJournal, requireAccount } from './journal.ts';
import type { Plan } from './plan.ts';

/** Where a plan stands, as its journal and that of its undo say. */
export type ActivityState = 'done' | 'unfinished' | 'undoUnfinished' | 'undone';

/** A plan that was begun, whatever came of it. */
export interface Activity {
  readonly plan: Plan;
  readonly content: JournalContent;
  /** How far it was taken back, where that was begun. */
  readonly undo?: JournalContent;
  readonly state: ActivityState;
  /** Whether what was done of it can be taken back. */
  readonly undoable: boolean;
}

/** The id of the plan that takes a plan back: the same each time, so that a half-made undo is gone on with. */
export function undoIdOf(planId: string): string {
  return `undo-${planId}`;
}

/** The journal of a plan. */
export function journalPath(folder: string, planId: string): string {
  return join(folder, `${planId}.jsonl`);
}

/** Reads what the journals of a folder say, the newest plan first; what cannot be read is passed over. */
export async function readActivities(folder: string): Promise<readonly Activity[]> {
  const names = await readdir(folder).catch(() => []);
  const read = names
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => readJournal(join(folder, name)).catch(() => undefined));
  const contents = (await Promise.all(read)).filter((content) => content !== undefined);
  const undos = new Map(contents.map((content) => [content.plan.undoes, content]));
  return contents
    .filter(({ plan }) => plan.undoes === undefined)
    .map((content) => activityOf(content, undos.get(content.plan.id)))
    .sort((a, b) => b.plan.createdAt.localeCompare(a.plan.createdAt));
}

/** Why journals of a folder cannot be read: a newer version wrote them, or they were edited or cut short. */
export async function readFaults(folder: string): Promise<readonly CoreError[]> {
  const names: readonly string[] = await readdir(folder).catch(() => []);
  const faults = names
    .filter((name) => name.endsWith('.jsonl'))
    .map(async (name) => {
      const path = join(folder, name);
      try {
        // One that is just being begun is locked.
        const isBegun = names.includes(name.replace(/^(?:undo-)?(.*)jsonl$/, '$1lock'));
        const content = await readJournal(path);
        return content === undefined && !isBegun ? [new CoreError('plan.journalTorn', { path })] : [];
      } catch (error) {
        return isExpected(error) ? [error] : [];
      }
    });
  return (await Promise.all(faults)).flat();
}

/**
 * Looks whether the plan that a plan takes back belongs to this account; a plan's own journal says it when opened.
 *
 * @throws {CoreError} `plan.otherAccount`
 */
export async function requireAccountOf(
  folder: string,
  plan: Plan,
  actual: string | undefined,
): Promise<void> {
  if (plan.undoes === undefined) return;
  requireAccount(await readJournal(journalPath(folder, plan.undoes)).catch(() => undefined), actual);
}

function activityOf(content: JournalContent, undo: JournalContent | undefined): Activity {
  const { plan, state } = content;
  if (undo === undefined) {
    return {
      plan,
      content,
      state: state === 'done' ? 'done' : 'unfinished',
      undoable: canBeUndone(content),
    };
  }
  const undone = undo.state === 'done';
  return { plan, content, undo, state: undone ? 'undone' : 'undoUnfinished', undoable: !undone };
}

/** What cannot be taken back leaves nothing to put the rest back on. */
function canBeUndone({ plan, results, begun, state }: JournalContent): boolean {
  const touched = plan.changes.filter(({ id }) => results.has(id) || begun.has(id));
  // Where it has no end, lines may be missing: then it is looked what there is.
  return (touched.length > 0 || state === undefined) && touched.every(({ undo }) => undo !== 'none');
}
