import { createHash } from 'node:crypto';
import { CoreError } from '../base/errors.ts';
import type { Outputs, Plan } from './plan.ts';

/** What this version writes, and the newest that it reads. */
export const JOURNAL_FORMAT = 1;

/** One entry of a journal, a line each. */
export type JournalEntry =
  | {
      readonly type: 'plan';
      readonly plan: Plan;
      readonly format?: number;
      /** The account that it is applied to; absent where that was not asked for. */
      readonly account?: string | undefined;
    }
  /** Written before a change is sent; `at` is when, in milliseconds since 1970. */
  | { readonly type: 'intent'; readonly change: string; readonly at?: number }
  /** Written after EC2's answer. */
  | { readonly type: 'result'; readonly change: string; readonly outputs: Outputs }
  /** `refused` says that the change has certainly had no effect. */
  | {
      readonly type: 'failure';
      readonly change: string;
      readonly message: string;
      readonly refused?: boolean;
    }
  | { readonly type: 'end'; readonly state: 'done' | 'failed' | 'cancelled' }
  /** A later run goes on; the line before it may be torn. */
  | { readonly type: 'reopened' };

const TYPES = new Set<string>(['plan', 'intent', 'result', 'failure', 'end', 'reopened']);

/** What the first line is linked to. */
export const FIRST_SUM = '';

/** Entries as lines, each linked to the one before by a checksum, so that none can be changed or left out. */
export function writeLines(
  entries: readonly JournalEntry[],
  sum: string,
): { readonly text: string; readonly sum: string } {
  let last = sum;
  const lines = entries.map((entry) => {
    const body = JSON.stringify(entry);
    last = sumOf(last, body);
    return `{"sum":"${last}",${body.slice(1)}\n`;
  });
  return { text: lines.join(''), sum: last };
}

/** The whole lines of a journal, and the checksum that the next one is linked to. */
export interface JournalLines {
  readonly entries: readonly JournalEntry[];
  readonly sum: string;
  /** Whether the text ends within a line. */
  readonly torn: boolean;
}

/**
 * Reads the lines of a journal; one that a crash has torn counts as never written.
 *
 * @throws {CoreError} `plan.journalNewer` for what a later version has written; `plan.journalDamaged` where a line
 * is not what was written.
 */
export function readLines(text: string, path: string): JournalLines {
  const lines = text.split('\n');
  const entries: JournalEntry[] = [];
  let sum = FIRST_SUM;
  let torn = !text.endsWith('\n') && text !== '';
  lines.forEach((line, index) => {
    if (line === '') return;
    const parsed = parse(line);
    if (parsed === undefined) {
      // A line is torn by a crash: then it is the last one, or a later run said that it goes on.
      const isLast = lines.slice(index + 1).every((later) => later === '');
      const next = parse(lines[index + 1] ?? '');
      if (!isLast && next?.entry.type !== 'reopened') throw damaged(path, index);
      torn = isLast;
      return;
    }
    const { entry } = parsed;
    if (isNewer(entry)) throw new CoreError('plan.journalNewer', { path });
    if (parsed.sum !== sumOf(sum, parsed.body)) throw damaged(path, index);
    sum = parsed.sum;
    entries.push(entry);
  });
  return { entries, sum, torn };
}

interface ParsedLine {
  readonly sum: string;
  readonly body: string;
  readonly entry: JournalEntry;
}

function parse(line: string): ParsedLine | undefined {
  const [, sum = '', rest = ''] = /^\{"sum":"([0-9a-f]*)",(.*)$/.exec(line) ?? [];
  const body = `{${rest}`;
  try {
    // Without its checksum it is still JSON, and then an edit rather than a crash.
    const entry = (rest === '' ? JSON.parse(line) : JSON.parse(body)) as JournalEntry;
    return { sum, body, entry };
  } catch {
    return undefined;
  }
}

function isNewer(entry: JournalEntry): boolean {
  if (!TYPES.has(entry.type)) return typeof entry.type === 'string';
  if (entry.type !== 'plan') return false;
  // What another version wrote need not be what the type allows.
  const version: number = entry.plan.version;
  return version > 1 || (entry.format ?? 1) > JOURNAL_FORMAT;
}

function damaged(path: string, index: number): CoreError {
  return new CoreError('plan.journalDamaged', { path, line: index + 1 });
}

function sumOf(before: string, body: string): string {
  return createHash('sha256').update(before).update(body).digest('hex').slice(0, 16);
}
