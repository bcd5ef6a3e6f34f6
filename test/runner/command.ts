import { spawn } from 'node:child_process';
import { ONE_FAILED, ONE_PASSED, ROOT, type Counts, type SuiteContext } from './suite.ts';

/** Runs a program with the project's Node, and resolves to its exit code; what it writes is printed. */
export function runNode(args: readonly string[], { print }: Pick<SuiteContext, 'print'>): Promise<number> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    cwd: ROOT,
    env: { ...process.env, [process.stdout.isTTY ? 'FORCE_COLOR' : 'NO_COLOR']: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.setEncoding('utf8').on('data', print);
  child.stderr.setEncoding('utf8').on('data', print);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      resolve(code ?? 1);
    });
  });
}

/** A check that counts as one test: it has passed if the program ends with 0. */
export const check =
  (...args: readonly string[]) =>
  async (context: SuiteContext): Promise<Counts> =>
    (await runNode(args, context)) === 0 ? ONE_PASSED : ONE_FAILED;
