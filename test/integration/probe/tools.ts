import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';

/** A directory with what every guest has, and what `install` puts there. */
export async function toolsWith(
  directory: string,
  install: (directory: string) => Promise<void>,
): Promise<string> {
  const path = join(directory, 'bin');
  await mkdir(path);
  for (const name of ['sh', 'cat', 'grep', 'head', 'od', 'sleep', 'timeout', 'tr'])
    await symlink(`/usr/bin/${name}`, join(path, name));
  await symlink('/sbin/ip', join(path, 'ip'));
  await install(path);
  return path;
}

/** What puts programs of this machine into the directory. */
export function ofThisMachine(...names: readonly string[]): (directory: string) => Promise<void> {
  return async (directory) => {
    for (const name of names) await symlink(`/usr/bin/${name}`, join(directory, name));
  };
}
