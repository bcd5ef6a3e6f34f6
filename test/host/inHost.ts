import type { Report } from '../runner/report.ts';
import { runMocha, writeReport } from '../runner/report.ts';

/** The variable that names the file for the report. */
export const REPORT_VARIABLE = 'EC2_MULTI_IP_TEST_REPORT';

const TIMEOUT_MS = 60_000;

/**
 * Runs mocha inside VS Code's extension host over test files that are loaded one after the other, and writes the
 * report that `EC2_MULTI_IP_TEST_REPORT` names.
 * @throws Error if a test failed, or a file could not be loaded.
 */
export async function runInHost(files: readonly (() => Promise<unknown>)[]): Promise<void> {
  const report = await runFiles(files);
  const reportFile = process.env[REPORT_VARIABLE];
  if (reportFile !== undefined) writeReport(reportFile, report);
  if (report.failed > 0) throw new Error(`${report.failed} tests failed:\n${report.output}`);
}

async function runFiles(files: readonly (() => Promise<unknown>)[]): Promise<Report> {
  try {
    // mocha is an ES module, which a CommonJS bundle can import in every VS Code, but not require.
    const { default: Mocha } = await import('mocha');
    const mocha = new Mocha({ timeout: TIMEOUT_MS, forbidOnly: true, reporter: 'spec' });
    mocha.suite.emit('pre-require', globalThis, '', mocha);
    for (const load of files) await load();
    return await runMocha(Mocha, mocha, () => undefined);
  } catch (error) {
    const output = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { passed: 0, failed: 1, skipped: 0, output };
  }
}
