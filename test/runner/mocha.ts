import { glob, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runNode } from './command.ts';
import type { Report } from './report.ts';
import { NONE, ONE_FAILED, plus, ROOT, type Result, type Suite, type SuiteContext } from './suite.ts';

/** The files of a pattern below the project's root, as absolute paths in a stable order. */
export async function testFiles(pattern: string): Promise<readonly string[]> {
  const files: string[] = [];
  for await (const file of glob(pattern, { cwd: ROOT })) files.push(join(ROOT, file));
  return files.sort();
}

/** A suite of mocha tests in plain Node: every file of the pattern, in one process. */
export function mochaSuite(
  suite: Pick<Suite, 'name' | 'alone' | 'unavailable' | 'waits'> & { pattern: string; timeoutMs: number },
): Suite {
  const { pattern, timeoutMs, ...rest } = suite;
  return {
    ...rest,
    pattern,
    run: async (context) => {
      const files = context.files ?? (await testFiles(pattern));
      if (files.length === 0) return NONE;
      return withReport(context, async (report) =>
        runNode([join(ROOT, 'test/runner/mochaMain.ts'), report, String(timeoutMs), ...files], context),
      );
    },
  };
}

/**
 * Gives `run` the path for a report, and reads the counts from there. A run that ends otherwise than its report
 * says, or without one, has failed once more.
 */
export async function withReport(
  { print }: Pick<SuiteContext, 'print'>,
  run: (reportFile: string) => Promise<number>,
): Promise<Result> {
  const directory = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-report-'));
  try {
    const file = join(directory, 'report.json');
    const code = await run(file);
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined) {
      print(`The run ended with code ${code} and left no report.\n`);
      return ONE_FAILED;
    }
    const { passed, failed, skipped, byFile } = JSON.parse(text) as Report;
    if ((code === 0) === (failed === 0)) return { passed, failed, skipped, ...(byFile && { byFile }) };
    print(`The run ended with code ${code}, but reported ${failed} failures.\n`);
    return plus({ passed, failed, skipped }, ONE_FAILED);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
