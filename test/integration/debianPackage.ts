import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const exec = promisify(execFile);

/** The files of a Debian package, unpacked into the cache and not installed; downloaded the first time. */
export async function unpackedPackage(name: string): Promise<string> {
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'ec2-multi-ip', 'packages');
  const directory = join(cache, name);
  if (existsSync(directory)) return directory;
  await mkdir(cache, { recursive: true });
  const fresh = await mkdtemp(join(cache, `.${name}-`));
  try {
    const download = (): Promise<unknown> =>
      exec('apt-get', ['-o', 'APT::Sandbox::User=root', 'download', name], { cwd: fresh });
    await download().catch(async () => {
      // A machine that never asked for the list of packages, or whose list is old.
      await exec('apt-get', ['-o', 'DPkg::Lock::Timeout=300', 'update']);
      await download();
    });
    const [archive = ''] = (await readdir(fresh)).filter((file) => file.endsWith('.deb'));
    await exec('dpkg', ['-x', join(fresh, archive), join(fresh, 'tree')]);
    // Somebody else may have been first.
    await rename(join(fresh, 'tree'), directory).catch((error: unknown) => {
      if (!existsSync(directory)) throw error;
    });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return directory;
}

/** Where Debian keeps an architecture's libraries, below an unpacked package. */
export function libraryFolders(tree: string): readonly string[] {
  const triplet = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
  return ['lib', 'usr/lib'].map((folder) => join(tree, folder, triplet));
}

/** The same as a search path for libraries. */
export function libraryPath(tree: string): string {
  return libraryFolders(tree).join(':');
}
