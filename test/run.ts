// `npm test [-- [--jobs N] [SUITE|FILE…]]`: every suite in order, and at last one line with the counts of all.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KEPT_VARIABLE } from './lab/kept.ts';
import { runSuites } from './runner/schedule.ts';
import { scanned } from './runner/secretScan.ts';
import { select } from './runner/select.ts';
import { NONE, plus } from './runner/suite.ts';
import { SUITES } from './runner/suites.ts';

const print = (text: string): void => {
  process.stdout.write(text);
};

try {
  const { suites, files, jobs } = select(SUITES, process.argv.slice(2));
  const strict = process.env['CI'] === 'true';
  const kept = mkdtempSync(join(tmpdir(), 'ec2-multi-ip-kept-'));
  process.env[KEPT_VARIABLE] = kept;
  const suitesRun = await runSuites(suites, { jobs, files, strict, print });
  const outcomes = [...suitesRun, scanned(kept, print)];
  // Where something was found, a person wants to see it.
  if (outcomes.at(-1)?.counts.failed === 0) rmSync(kept, { recursive: true });
  print('\n');
  for (const { name, counts, seconds } of outcomes) {
    const mark = counts.failed > 0 ? '✘' : counts.passed > 0 ? '✔' : '-';
    const figures = `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`;
    print(`${mark} ${name.padEnd(16)} ${figures} in ${seconds.toFixed(1)} s\n`);
  }
  const { passed, failed, skipped } = outcomes.map(({ counts }) => counts).reduce(plus, NONE);
  print(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
  process.exitCode = failed === 0 ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
