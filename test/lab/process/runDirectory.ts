import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { run } from './run.ts';

/** All labs of a machine keep their run directories here: one each, so that any number run side by side. */
export const runBase = '/run/ec2-multi-ip';

/** Where this checkout begins: what tells its labs from those of another checkout. */
export const checkout = join(import.meta.dirname, '..', '..', '..');

/** A lab that has not taken its lock after this long will not take it any more, in milliseconds. */
const startingFor = 10_000;

/** Makes a run directory that no other lab has, after removing those that dead labs left. */
export async function makeRunDirectory(): Promise<string> {
  mkdirSync(runBase, { recursive: true });
  for (const directory of runDirectories()) {
    const age = Date.now() - (statSync(directory, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    if (age > startingFor && !(await isAlive(directory))) await sweep(directory);
  }
  return mkdtempSync(join(runBase, `${basename(checkout)}-`));
}

/** The run directories of this checkout's living labs, the newest first. */
export async function livingLabs(): Promise<readonly string[]> {
  const living: { directory: string; since: number }[] = [];
  for (const directory of runDirectories()) {
    if (readIfThere(join(directory, 'checkout')) !== checkout || !(await isAlive(directory))) continue;
    living.push({ directory, since: statSync(directory).birthtimeMs });
  }
  return living.sort((a, b) => b.since - a.since).map((lab) => lab.directory);
}

/** Removes what the kernel keeps of a dead lab: empty control groups and the run directory. */
export async function sweep(directory: string): Promise<void> {
  await run(['/bin/sh', join(import.meta.dirname, '..', 'sweep.sh'), directory]);
}

/** Whether any process of the lab in this run directory still lives. */
export async function isAlive(directory: string): Promise<boolean> {
  const lock = join(directory, 'lock');
  return existsSync(lock) && (await run(['flock', '--nonblock', '--shared', lock, 'true'])).code !== 0;
}

/** The socket on which the lab of a run directory takes requests. */
export function controlSocketOf(directory: string): string {
  return join(directory, 'control.sock');
}

function runDirectories(): readonly string[] {
  return existsSync(runBase) ? readdirSync(runBase).map((name) => join(runBase, name)) : [];
}

function readIfThere(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
