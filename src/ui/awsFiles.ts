import { watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { basename, dirname } from 'node:path';
import { awsFilePaths } from '../core/aws/filePaths.ts';

/** Editors and the AWS CLI write in several steps: the last one counts. In milliseconds. */
const SETTLED = 300;

/** Calls back when one of the AWS configuration files changes; their folder is watched, because they are replaced. */
export function watchAwsFiles(changed: () => void): { dispose(): void } {
  let timer: NodeJS.Timeout | undefined;
  const watchers = Object.values(awsFilePaths()).flatMap((path): FSWatcher[] => {
    try {
      const watcher = watch(dirname(path), { persistent: false }, (_event, name) => {
        if (name !== basename(path)) return;
        clearTimeout(timer);
        timer = setTimeout(changed, SETTLED);
      });
      // A folder that goes away is watched no more; a refresh still reads what is there then.
      watcher.on('error', () => {
        watcher.close();
      });
      return [watcher];
    } catch {
      return [];
    }
  });
  return {
    dispose: () => {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}
