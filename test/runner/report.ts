import { writeFileSync } from 'node:fs';
import { format } from 'node:util';
import type Mocha from 'mocha';
import { NONE, plus, type Counts, type Result } from './suite.ts';

/** What a mocha run leaves in its report file. */
export interface Report extends Result {
  /** What mocha's reporter printed, for where nobody saw it at once. */
  readonly output: string;
}

/** Runs a mocha to its end. `library` is the mocha that it is of, whose reporters print. */
export async function runMocha(
  library: typeof Mocha,
  mocha: Mocha,
  print: (line: string) => void,
): Promise<Report> {
  const lines: string[] = [];
  library.reporters.Base.consoleLog = (...args: unknown[]) => {
    const line = format(...args);
    lines.push(line);
    print(line);
  };
  const byFile: Record<string, Counts> = {};
  const count = ({ file = '' }: Pick<Mocha.Runnable, 'file'>, one: Partial<Counts>): void => {
    byFile[file] = plus(byFile[file] ?? NONE, { ...NONE, ...one });
  };
  await new Promise<void>((resolve) => {
    mocha
      .run(() => {
        resolve();
      })
      .on('pass', (test) => {
        count(test, { passed: 1 });
      })
      .on('fail', (test) => {
        count(test, { failed: 1 });
      })
      .on('pending', (test) => {
        count(test, { skipped: 1 });
      });
  });
  return { ...Object.values(byFile).reduce(plus, NONE), byFile, output: lines.join('\n') };
}

/** Writes the report to its file. */
export function writeReport(reportFile: string, report: Report): void {
  writeFileSync(reportFile, JSON.stringify(report));
}
