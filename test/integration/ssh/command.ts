import { execFile } from 'node:child_process';

/** Runs a program of this machine and gives what it wrote; throws where it fails, unless it may. */
export function run(
  program: string,
  args: readonly string[],
  options: { readonly mayFail?: boolean; readonly input?: string } = {},
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = execFile(program, args, { encoding: 'utf8' }, (error, stdout, stderr) => {
      const code = child.exitCode ?? -1;
      if (error !== null && options.mayFail !== true) {
        reject(new Error(`${program} ${args.join(' ')}: exit ${code}: ${stderr}`));
      } else resolve({ code, stdout, stderr });
    });
    child.stdin?.end(options.input ?? '');
  });
}
