import { open, readFile } from 'node:fs/promises';
import type { Outputs, Plan } from './plan.ts';

/** One line of a journal. */
export type JournalEntry =
  | { readonly type: 'plan'; readonly plan: Plan }
  /** Written before a change is sent. */
  | { readonly type: 'intent'; readonly change: string }
  /** Written after EC2's answer. */
  | { readonly type: 'result'; readonly change: string; readonly outputs: Outputs }
  | { readonly type: 'failure'; readonly change: string; readonly message: string }
  | { readonly type: 'end'; readonly state: 'done' | 'failed' | 'cancelled' };

/** Where applying a plan writes what it is about to do and what came of it. */
export interface Journal {
  /** Resolves when the entry is on disk. */
  append(entry: JournalEntry): Promise<void>;
  close(): Promise<void>;
}

/** How far an earlier run of a plan came. */
export interface PlanProgress {
  /** Outputs of the changes that are done, by change id. */
  readonly results: ReadonlyMap<string, Outputs>;
  /** Changes that were begun and of which no result is known: they must be looked for first. */
  readonly begun: ReadonlySet<string>;
}

/** What a journal says. */
export interface JournalContent extends PlanProgress {
  readonly plan: Plan;
  /** How its last run ended; `undefined` where it was cut off. */
  readonly state: 'done' | 'failed' | 'cancelled' | undefined;
}

/** Opens the journal of a plan for appending; a new file begins with the plan itself. */
export async function openJournal(path: string, plan: Plan): Promise<Journal> {
  const file = await open(path, 'a', 0o600);
  let waiting: string[] = [];
  let flushing: Promise<void> | undefined;

  async function flush(): Promise<void> {
    // Entries of changes that run side by side share one trip to the disk.
    const lines = waiting.join('');
    waiting = [];
    flushing = undefined;
    await file.appendFile(lines);
    await file.datasync();
  }

  let last: Promise<void> = Promise.resolve();
  const journal: Journal = {
    append: (entry) => {
      waiting.push(`${JSON.stringify(entry)}\n`);
      flushing ??= last = last.then(flush);
      return flushing;
    },
    close: async () => {
      await last;
      await file.close();
    },
  };
  const { size } = await file.stat();
  if (size === 0) await journal.append({ type: 'plan', plan });
  // A torn last line must not swallow the next entry.
  else waiting.push('\n');
  return journal;
}

/**
 * Reads a journal; a torn last line counts as never written.
 *
 * @returns `undefined` where not even the plan is whole: then nothing was begun.
 */
export async function readJournal(path: string): Promise<JournalContent | undefined> {
  const entries = (await readFile(path, 'utf8')).split('\n').flatMap(parseEntry);
  const [first, ...rest] = entries;
  if (first?.type !== 'plan') return undefined;
  const results = new Map<string, Outputs>();
  const begun = new Set<string>();
  let state: JournalContent['state'];
  for (const entry of rest) {
    state = entry.type === 'end' ? entry.state : undefined;
    if (entry.type === 'intent') begun.add(entry.change);
    if (entry.type === 'result') results.set(entry.change, entry.outputs);
  }
  for (const id of results.keys()) begun.delete(id);
  return { plan: first.plan, results, begun, state };
}

function parseEntry(line: string): JournalEntry[] {
  if (line === '') return [];
  try {
    return [JSON.parse(line) as JournalEntry];
  } catch {
    return [];
  }
}
