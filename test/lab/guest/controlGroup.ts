import { existsSync, mkdirSync, readdirSync, rmdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * A control group of its own for one boot of a guest, in each hierarchy that systemd uses.
 *
 * Without it all guests would boot into the same group, and each systemd would take the others' services for its
 * own. Where the hierarchies cannot be written there is none, and one guest at a time still works.
 */
export class ControlGroup {
  private readonly directories: readonly string[];

  constructor(runDirectory: string, name: string) {
    this.directories = hierarchies().flatMap((hierarchy) => {
      const directory = join(hierarchy, 'ec2-multi-ip', basename(runDirectory), name);
      try {
        mkdirSync(directory, { recursive: true });
        return [directory];
      } catch {
        return [];
      }
    });
  }

  /** The arguments that start a command inside the group. */
  get enter(): readonly string[] {
    const script = 'while [ "$1" != -- ]; do echo $$ >"$1/cgroup.procs"; shift; done; shift; exec "$@"';
    return ['/bin/sh', '-c', script, 'sh', ...this.directories, '--'];
  }

  /** Removes the group, once its processes have ended; what is still in use stays for the lab's end. */
  remove(): void {
    this.directories.forEach(removeTree);
  }
}

function hierarchies(): readonly string[] {
  const root = '/sys/fs/cgroup';
  if (existsSync(join(root, 'cgroup.controllers'))) return [root];
  return ['systemd', 'unified'].map((name) => join(root, name)).filter((hierarchy) => existsSync(hierarchy));
}

function removeTree(directory: string): void {
  try {
    for (const entry of readdirSync(directory, { withFileTypes: true }))
      if (entry.isDirectory()) removeTree(join(directory, entry.name));
    rmdirSync(directory);
  } catch {
    // Still in use, or gone already.
  }
}
