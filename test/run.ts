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
  const outcomes = [
    ...suitesRun,
    scanned(kept, strict && suites.length === SUITES.length && files.size === 0, print),
  ];
  // Where something was found, a person wants to see it.
  if (outcomes.at(-1)?.result.failed === 0) rmSync(kept, { recursive: true });
  print('\n');
  for (const { name, result, seconds } of outcomes) {
    const mark = result.failed > 0 ? '✘' : result.passed > 0 ? '✔' : '-';
    const figures = `${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped`;
    print(`${mark} ${name.padEnd(16)} ${figures} in ${seconds.toFixed(1)} s\n`);
  }
  const { passed, failed, skipped } = outcomes.map(({ result }) => result).reduce(plus, NONE);
  print(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
  process.exitCode = failed === 0 ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
