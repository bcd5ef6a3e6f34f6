import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { runOrFail } from '../process/run.ts';
import { configuredMirror } from './mirror.ts';
import type { ImageRecipe } from './recipe.ts';

const buildScript = join(import.meta.dirname, 'build.sh');
const layerScript = join(import.meta.dirname, 'buildLayer.sh');

/** Where what is slow to make is kept, outside any checkout. */
export function cacheDirectory(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'ec2-multi-ip');
}

/** The directory that holds a recipe's image, or its layer, once it is made: another recipe is another directory. */
export function imageDirectory(recipe: ImageRecipe): string {
  const script = recipe.base === undefined ? buildScript : layerScript;
  const hash = createHash('sha256').update(JSON.stringify(recipe)).update(readFileSync(script));
  return join(cacheDirectory(), 'images', `${recipe.name}-${hash.digest('hex').slice(0, 12)}`);
}

/** The directories that make up a recipe's image, the uppermost first, as an overlay takes them. */
export function imageLayers(recipe: ImageRecipe): readonly string[] {
  return [imageDirectory(recipe), ...(recipe.base === undefined ? [] : imageLayers(recipe.base))];
}

/**
 * Makes the image of a recipe unless it is there already, and answers its directory.
 *
 * Takes about a minute the first time. Labs that start at once build it once: the others wait at the lock.
 */
export async function ensureImage(recipe: ImageRecipe, log: (line: string) => void): Promise<string> {
  if (recipe.base !== undefined) await ensureImage(recipe.base, log);
  const directory = imageDirectory(recipe);
  if (existsSync(directory)) return directory;
  mkdirSync(join(cacheDirectory(), 'images'), { recursive: true });
  log(`Building the guest image ${recipe.name}, once; this takes about a minute`);
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
    ...buildCommand(recipe, directory),
  ]);
  return directory;
}

function buildCommand({ suite, packages, prepare, base }: ImageRecipe, directory: string): readonly string[] {
  if (base !== undefined)
    return ['/bin/sh', layerScript, directory, imageLayers(base).join(':'), packages.join(' '), prepare];
  const mirror = configuredMirror(suite);
  const build = ['/bin/sh', buildScript, directory, suite, packages.join(','), prepare];
  return [...build, ...(mirror === undefined ? [] : [mirror])];
}
