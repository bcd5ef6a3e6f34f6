import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { runHostTests } from '../lab/vscode/hostTests.ts';
import { ROOT } from '../runner/suite.ts';

/** One start of the extension in a fresh VS Code, in milliseconds. */
export interface Start {
  /** To load the entry bundle. */
  readonly loadMs: number;
  /** From the call of `activate` to the end of what it returned. */
  readonly activateMs: number;
  /** To load what the first look at a view, or the first command, loads. */
  readonly uiMs: number;
  /** To load what the first call to AWS loads. */
  readonly awsMs: number;
  /** To load what the first SSH connection loads. */
  readonly sshMs: number;
}

/** Opens a fresh VS Code, starts the extension as built in dist, and measures. */
export async function measureStart(log: (line: string) => void): Promise<Start> {
  const manifest = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
    publisher: string;
    name: string;
  };
  const tests = join(ROOT, 'dist/test/start.cjs');
  await build({
    entryPoints: [join(ROOT, 'test/bench/startInHost.ts')],
    outfile: tests,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'warning',
  });
  const folder = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-start-'));
  try {
    const report = join(folder, 'start.json');
    const { code, console } = await runHostTests({
      folder,
      extensionDevelopmentPath: ROOT,
      extensionTestsPath: tests,
      env: { START_REPORT: report, START_EXTENSION: `${manifest.publisher}.${manifest.name}` },
      timeoutMs: 60_000,
      log,
    });
    if (code !== 0) throw new Error(`The extension did not start:\n${console.slice(-10).join('\n')}`);
    return JSON.parse(await readFile(report, 'utf8')) as Start;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
