import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emulatorPython } from './virtualEnvironment.ts';

/** How many tests ended how; errors outside a test count as failed. */
export interface PytestResult {
  passed: number;
  failed: number;
  skipped: number;
}

/** Reads the counts from a JUnit report. */
export function readReport(xml: string): PytestResult {
  const suite = /<testsuite [^>]*>/.exec(xml)?.[0];
  if (suite === undefined) throw new Error('pytest wrote a report without a test suite.');
  const count = (name: string) => Number(new RegExp(` ${name}="(\\d+)"`).exec(suite)?.[1] ?? 0);
  const failed = count('failures') + count('errors');
  const skipped = count('skipped');
  return { passed: count('tests') - failed - skipped, failed, skipped };
}

/** Runs the tests of the corrections in the emulator's virtual environment; pytest's output goes to ours. */
export async function runPytest(log: (line: string) => void = () => undefined): Promise<PytestResult> {
  const python = await emulatorPython(log);
  const directory = await mkdtemp(join(tmpdir(), 'ec2-emulator-pytest-'));
  const report = join(directory, 'junit.xml');
  try {
    const child = spawn(
      python,
      ['-m', 'pytest', import.meta.dirname, '-q', '-p', 'no:cacheprovider', `--junitxml=${report}`],
      { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' } },
    );
    const [code] = (await once(child, 'exit')) as [number | null];
    // 1 means that tests failed, which the report tells; anything above, that pytest could not do its work.
    if (code === null || code > 1) throw new Error(`pytest ended with ${code ?? 'a signal'}.`);
    return readReport(await readFile(report, 'utf8'));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
