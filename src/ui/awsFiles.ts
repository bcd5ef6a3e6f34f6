import { existsSync, realpathSync, watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { basename, dirname } from 'node:path';
import { awsFilePaths } from '../core/aws/filePaths.ts';

/** Editors and the AWS CLI write in several steps: the last one counts. In milliseconds. */
const SETTLED = 300;

interface Watching {
  dispose(): void;
}

/** Calls back when one of the AWS configuration files changes; their folder is watched, because they are replaced. */
export function watchAwsFiles(changed: () => void): Watching {
  let timer: NodeJS.Timeout | undefined;
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(changed, SETTLED);
  };
  const watchings = Object.values(awsFilePaths())
    .flatMap(withTarget)
    .map((path) => follow(path, soon));
  return {
    dispose: () => {
      clearTimeout(timer);
      for (const watching of watchings) watching.dispose();
    },
  };
}

/** A file, and the one that it is a link to, where people keep what is theirs elsewhere. */
function withTarget(path: string): readonly string[] {
  try {
    const target = realpathSync(path);
    return target === path ? [path] : [path, target];
  } catch {
    // It may come to be later.
    return [path];
  }
}

/** Follows a file whose folder need not be there yet: then it is waited for. */
function follow(path: string, changed: () => void): Watching {
  const folder = dirname(path);
  let watcher: FSWatcher | undefined;
  const start = (): void => {
    const watched = nearest(folder);
    try {
      watcher = watch(watched, { persistent: false }, (_event, name) => {
        if (watched === folder && name !== basename(path)) return;
        if (watched !== folder) {
          if (nearest(folder) === watched) return;
          watcher?.close();
          start();
        }
        changed();
      });
      // A folder that goes away is watched no more; a refresh still reads what is there then.
      watcher.on('error', () => {
        watcher?.close();
      });
    } catch {
      // The system watches no more folders, or not this one: a refresh reads it.
    }
  };
  start();
  return {
    dispose: () => {
      watcher?.close();
    },
  };
}

/** The folder, or the one above it that is there. */
function nearest(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder));
}
