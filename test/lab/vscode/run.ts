import { spawn } from 'node:child_process';

/**
 * Runs a program to its end. Resolves to what it wrote to stdout; rejects with the end of all that it wrote if
 * its exit code is not 0. No shell is involved.
 */
export async function run(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<string> {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let all = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    all += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (all += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code === 0) return stdout;
  throw new Error(`${command} ${args.join(' ')} ended with code ${code ?? 'none'}:\n${all.slice(-2000)}`);
}
