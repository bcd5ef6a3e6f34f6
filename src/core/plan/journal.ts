import { open, readFile } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CoreError } from '../base/errors.ts';
import { FIRST_SUM, JOURNAL_FORMAT, type JournalEntry, readLines, writeLines } from './journalLines.ts';
import { type PlanLock, lockPlan } from './lock.ts';
import type { Outputs, Plan } from './plan.ts';

export type { JournalEntry } from './journalLines.ts';

/** Where applying a plan writes what it is about to do and what came of it. */
export interface Journal {
  /** What earlier runs have written; absent where there was none. */
  readonly earlier?: JournalContent | undefined;
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
  /** When each was begun that came to something or may have, in milliseconds since 1970; 0 where that is not known. */
  readonly since?: ReadonlyMap<string, number>;
}

/** What a journal says. */
export interface JournalContent extends PlanProgress {
  readonly plan: Plan;
  /** The account that the plan belongs to, where that was asked for. */
  readonly account?: string;
  /** How its last run ended; `undefined` where it was cut off. */
  readonly state: 'done' | 'failed' | 'cancelled' | undefined;
}

/** What a journal is opened with. */
export interface JournalOptions {
  /** The account that the credentials belong to, as STS says right now. */
  readonly account?: string | undefined;
}

/**
 * Opens the journal of a plan for appending, with nobody else applying the plan until it is closed; a new file
 * begins with the plan itself.
 *
 * @throws {CoreError} `plan.locked` where another window is at it; `plan.otherAccount` where the plan belongs to
 * another account; `plan.journalNewer` and `plan.journalDamaged` as `readJournal` does.
 */
export async function openJournal(
  path: string,
  plan: Plan,
  { account }: JournalOptions = {},
): Promise<Journal> {
  // A plan and its undo must not run side by side either.
  const lock = await lockPlan(join(dirname(path), `${plan.undoes ?? plan.id}.lock`));
  try {
    const file = await open(path, 'a+', 0o600);
    try {
      return await begin(file, { path, plan, account, lock });
    } catch (error) {
      await file.close();
      throw error;
    }
  } catch (error) {
    await lock.release();
    throw error;
  }
}

interface Beginning {
  readonly path: string;
  readonly plan: Plan;
  readonly account: string | undefined;
  readonly lock: PlanLock;
}

async function begin(file: FileHandle, { path, plan, account, lock }: Beginning): Promise<Journal> {
  const text = await file.readFile('utf8');
  const lines = readLines(text, path);
  const earlier = contentOf(lines.entries);
  requireAccount(earlier, account);
  const appender = appenderTo(file, earlier === undefined ? FIRST_SUM : lines.sum);
  if (earlier === undefined) {
    // Not even the plan was whole: nothing was begun, and what there is would only be in the way.
    await file.truncate(0);
    await appender.append({ type: 'plan', format: JOURNAL_FORMAT, plan, account });
  } else {
    // A torn last line must not swallow the next entry.
    if (!text.endsWith('\n')) await file.appendFile('\n');
    await appender.append({ type: 'reopened' });
  }
  const close = async (): Promise<void> => {
    await appender.flushed();
    try {
      await file.close();
    } finally {
      await lock.release();
    }
  };
  return { earlier, append: appender.append, close };
}

function appenderTo(
  file: FileHandle,
  firstSum: string,
): { append: (entry: JournalEntry) => Promise<void>; flushed: () => Promise<void> } {
  let waiting: JournalEntry[] = [];
  let flushing: Promise<void> | undefined;
  let last: Promise<void> = Promise.resolve();
  let sum = firstSum;

  async function flush(): Promise<void> {
    // Entries of changes that run side by side share one trip to the disk.
    const lines = writeLines(waiting, sum);
    waiting = [];
    flushing = undefined;
    ({ sum } = lines);
    await file.appendFile(lines.text);
    await file.datasync();
  }

  return {
    append: (entry) => {
      waiting.push(entry);
      flushing ??= last = last.then(flush);
      return flushing;
    },
    // Whoever appended has been told of a failure.
    flushed: () => last.catch(() => undefined),
  };
}

/** @throws {CoreError} `plan.otherAccount` where a plan's first run was for another account. */
export function requireAccount(
  earlier: Pick<JournalContent, 'account'> | undefined,
  actual: string | undefined,
): void {
  const planned = earlier?.account;
  if (planned !== undefined && actual !== undefined && planned !== actual) {
    throw new CoreError('plan.otherAccount', { planned, actual });
  }
}

/**
 * Reads a journal; a torn last line counts as never written.
 *
 * @returns `undefined` where not even the plan is whole: then nothing was begun.
 * @throws {CoreError} `plan.journalNewer`, or `plan.journalDamaged` where a line is not what was written.
 */
export async function readJournal(path: string): Promise<JournalContent | undefined> {
  return contentOf(readLines(await readFile(path, 'utf8'), path).entries);
}

function contentOf([first, ...rest]: readonly JournalEntry[]): JournalContent | undefined {
  if (first?.type !== 'plan') return undefined;
  const results = new Map<string, Outputs>();
  const since = new Map<string, number>();
  let state: JournalContent['state'];
  for (const entry of rest) {
    state = entry.type === 'end' ? entry.state : undefined;
    if (entry.type === 'intent') since.set(entry.change, entry.at ?? 0);
    if (entry.type === 'result') results.set(entry.change, entry.outputs);
    if (entry.type === 'failure' && entry.refused === true) {
      since.delete(entry.change);
      results.delete(entry.change);
    }
  }
  const { plan, account } = first;
  const begun = new Set([...since.keys()].filter((id) => !results.has(id)));
  return { plan, ...(account !== undefined && { account }), results, begun, since, state };
}
