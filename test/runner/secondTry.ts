import { relative } from 'node:path';
import type { Outcome } from './schedule.ts';
import { plus, NONE, ROOT, type Result, type Suite } from './suite.ts';

/** More than that is a fault of the code, whatever a second run would say. */
const MOST_FILES = 3;

/**
 * What of a suite is worth running once more when nothing else runs: the files that failed, or nothing if the failure
 * cannot come from the machine's load.
 * @returns absolute paths; empty stands for the whole suite, where it does not know its files.
 */
export function unsteady(suite: Suite, { failed, byFile }: Result): readonly string[] | undefined {
  if (suite.waits !== true || failed === 0) return undefined;
  if (suite.pattern === undefined) return [];
  const files = Object.entries(byFile ?? {}).filter(([, counts]) => counts.failed > 0);
  const isAll = files.map(([, counts]) => counts).reduce(plus, NONE).failed === failed;
  const isRepeatable = isAll && files.length <= MOST_FILES && files.every(([file]) => file !== '');
  return isRepeatable ? files.map(([file]) => file) : undefined;
}

/** The outcome with what the second run said of those files instead of the first. */
export function replaced(outcome: Outcome, files: readonly string[], second: Outcome): Outcome {
  const { byFile = {} } = outcome.result;
  const steady = Object.entries(byFile).filter(([file]) => !files.includes(file));
  const kept = files.length === 0 ? NONE : steady.map(([, counts]) => counts).reduce(plus, NONE);
  const seconds = outcome.seconds + second.seconds;
  return { name: outcome.name, result: plus(kept, second.result), seconds };
}

/** What a person should know of it: a test that fails now and then is a fault, and is to be mended. */
export function unsteadyLine({ name }: Suite, files: readonly string[], second: Outcome): string {
  const what =
    files.length === 0 ? `the suite ${name}` : files.map((file) => relative(ROOT, file)).join(', ');
  return second.result.failed === 0
    ? `UNSTEADY: ${what} failed beside other suites, and passed by itself. Its first failure is printed above.\n`
    : `${what} failed by itself as well.\n`;
}
