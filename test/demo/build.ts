import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '..', '..');

/** Builds the extension as it is shipped. */
export async function build(): Promise<void> {
  await promisify(execFile)(process.execPath, [join(root, 'esbuild.js'), '--production'], { cwd: root });
}
