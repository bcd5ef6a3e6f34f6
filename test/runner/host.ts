import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleHostTests, HOST_TESTS } from '../host/bundle.ts';
import { REPORT_VARIABLE } from '../host/inHost.ts';
import { runHostTests } from '../lab/vscode/hostTests.ts';
import { build } from './build.ts';
import { withReport } from './mocha.ts';
import type { Report } from './report.ts';
import { NONE, ONE_FAILED, ROOT, type Result, type SuiteContext } from './suite.ts';

/** However many tests there are, a run that takes longer hangs. */
const RUN_TIMEOUT_MS = 600_000;

/** Runs the extension-host tests inside the real VS Code, against a fresh production build. */
export async function hostTests(context: SuiteContext): Promise<Result> {
  if ((await bundleHostTests()) === 0) return NONE;
  if ((await build(context)).failed > 0) return ONE_FAILED;
  return withReport(context, (reportFile) => run(reportFile, context.print));
}

async function run(reportFile: string, print: SuiteContext['print']): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-folder-'));
  try {
    const { code, console } = await runHostTests({
      folder,
      extensionDevelopmentPath: ROOT,
      extensionTestsPath: HOST_TESTS,
      env: { [REPORT_VARIABLE]: reportFile },
      timeoutMs: RUN_TIMEOUT_MS,
      log: (line) => {
        print(`${line}\n`);
      },
    });
    const text = await readFile(reportFile, 'utf8').catch(() => undefined);
    print(`${text === undefined ? console.slice(-20).join('\n') : (JSON.parse(text) as Report).output}\n`);
    return code;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
