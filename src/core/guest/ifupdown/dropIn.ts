import { posix } from 'node:path';
import { ownFileName as name } from '../fileEdits.ts';
import type { Include } from './statements.ts';
import { includePatterns, mainFile } from './tree.ts';
import type { Tree } from './tree.ts';

/**
 * The file of our own that the main file would read, or `undefined` where it includes no directory of /etc.
 *
 * There a mistake would cost that file alone; in the main file it would cost the whole network.
 */
export function dropInPath(tree: Tree, directories: readonly string[]): string | undefined {
  const main = tree.files.find(({ file }) => file.readAs === mainFile);
  for (const include of main?.content.includes ?? []) {
    for (const pattern of includePatterns(include, mainFile)) {
      const path = pathFor(include.kind, pattern);
      if (path !== undefined && path.startsWith('/etc/') && directories.includes(posix.dirname(path)))
        return path;
    }
  }
  return undefined;
}

function pathFor(kind: Include['kind'], pattern: string): string | undefined {
  const special = /[*?[\]{}$~"'`\\]/;
  if (kind === 'source-directory') {
    return special.test(pattern) ? undefined : posix.join(pattern, name);
  }
  const [directory, base] = [posix.dirname(pattern), posix.basename(pattern)];
  const suffix = /^\*([A-Za-z0-9._-]*)$/.exec(base)?.[1];
  return special.test(directory) || suffix === undefined ? undefined : posix.join(directory, name + suffix);
}
