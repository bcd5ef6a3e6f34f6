import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { runOrFail } from '../process/run.ts';
import { configuredMirror } from './mirror.ts';
import type { ImageRecipe } from './recipe.ts';

const buildScript = join(import.meta.dirname, 'build.sh');

/** Where what is slow to make is kept, outside any checkout. */
export function cacheDirectory(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'ec2-multi-ip');
}

/** The directory that holds a recipe's image once it is made: another recipe is another directory. */
export function imageDirectory(recipe: ImageRecipe): string {
  const hash = createHash('sha256').update(JSON.stringify(recipe)).update(readFileSync(buildScript));
  return join(cacheDirectory(), 'images', `${recipe.name}-${hash.digest('hex').slice(0, 12)}`);
}

/**
 * Makes the image of a recipe unless it is there already, and answers its directory.
 *
 * Takes about a minute the first time. Labs that start at once build it once: the others wait at the lock.
 */
export async function ensureImage(recipe: ImageRecipe, log: (line: string) => void): Promise<string> {
  const directory = imageDirectory(recipe);
  if (existsSync(directory)) return directory;
  mkdirSync(join(cacheDirectory(), 'images'), { recursive: true });
  log(`Building the guest image ${recipe.name}, once; this takes about a minute`);
  const mirror = configuredMirror(recipe.suite);
  const build = ['/bin/sh', buildScript, directory, recipe.suite, recipe.packages.join(','), recipe.prepare];
  await runOrFail([
    ...[
      'flock',
      `${directory}.lock`,
      '/bin/sh',
      '-c',
      'test -d "$1" || { shift; exec "$@"; }',
      'sh',
      directory,
    ],
    ...['unshare', '--fork', '--kill-child', '--pid', '--mount', '--mount-proc', '--propagation', 'private'],
    ...[...build, ...(mirror === undefined ? [] : [mirror])],
  ]);
  return directory;
}
