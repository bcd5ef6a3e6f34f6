import { open, readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where OpenSSH keeps a person's keys. */
export function sshFolder(): string {
  return join(homedir(), '.ssh');
}

async function startsLikeKey(path: string): Promise<boolean> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(64) });
      return /^-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(buffer.toString('latin1', 0, bytesRead));
    } finally {
      await file.close();
    }
  } catch {
    // A file that cannot be read is no choice; the error would name a file that nobody asked for.
    return false;
  }
}

async function filesOf(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => !entry.isDirectory()).map(({ name }) => join(folder, name));
  } catch {
    return [];
  }
}

/** The private keys in a folder, by path; empty where there is no such folder. */
export async function privateKeys(folder: string): Promise<readonly string[]> {
  const paths = await filesOf(folder);
  const isKey = await Promise.all(paths.map(startsLikeKey));
  return paths.filter((_, index) => isKey[index] === true);
}

/** The public keys in a folder, by path. */
export async function publicKeys(folder: string): Promise<readonly string[]> {
  return (await filesOf(folder)).filter((path) => path.endsWith('.pub'));
}
