import { writeFileSync } from 'node:fs';
import { format } from 'node:util';
import type Mocha from 'mocha';
import type { Counts } from './suite.ts';

/** What a mocha run leaves in its report file. */
export interface Report extends Counts {
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
  const counts = { passed: 0, failed: 0, skipped: 0 };
  await new Promise<void>((resolve) => {
    mocha
      .run(() => {
        resolve();
      })
      .on('pass', () => (counts.passed += 1))
      .on('fail', () => (counts.failed += 1))
      .on('pending', () => (counts.skipped += 1));
  });
  return { ...counts, output: lines.join('\n') };
}

/** Writes the report to its file. */
export function writeReport(reportFile: string, report: Report): void {
  writeFileSync(reportFile, JSON.stringify(report));
}
