// The extension-host tests in the VS Code that people use: VSCODE_EXECUTABLE, or else one that is downloaded.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { build } from '../runner/build.ts';
import { withReport } from '../runner/mocha.ts';
import type { Report } from '../runner/report.ts';
import { ROOT } from '../runner/suite.ts';
import { bundleHostTests, HOST_TESTS } from './bundle.ts';
import { REPORT_VARIABLE } from './inHost.ts';

const print = (text: string): void => {
  process.stdout.write(text);
};

/** @returns the run's exit code, after its output. */
async function run(reportFile: string): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-folder-'));
  const executable = process.env['VSCODE_EXECUTABLE'];
  try {
    return await runTests({
      ...(executable === undefined ? {} : { vscodeExecutablePath: executable }),
      extensionDevelopmentPath: ROOT,
      extensionTestsPath: HOST_TESTS,
      extensionTestsEnv: { [REPORT_VARIABLE]: reportFile },
      launchArgs: [folder, '--disable-extensions', '--disable-workspace-trust', '--skip-welcome'],
    }).catch(() => 1);
  } finally {
    const text = await readFile(reportFile, 'utf8').catch(() => undefined);
    if (text !== undefined) print(`${(JSON.parse(text) as Report).output}\n`);
    await rm(folder, { recursive: true, force: true });
  }
}

const { failed } = await build({ print, files: undefined });
if (failed > 0) process.exit(1);
await bundleHostTests();
const counts = await withReport({ print }, run);
print(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
process.exitCode = counts.failed === 0 ? 0 : 1;
