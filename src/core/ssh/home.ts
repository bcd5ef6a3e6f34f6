import { join } from 'node:path';

/** A path whose `~` is a person's home. */
export function expandHome(path: string, home: string): string {
  return /^~[/\\]/.test(path) ? join(home, path.slice(2)) : path;
}
