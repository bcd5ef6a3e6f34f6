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

/** Where a new key goes: a file that is not there yet, neither half of it, and whose name no key pair has. */
export async function freeKeyFile(folder: string, keyPairs: readonly string[]): Promise<string> {
  const files = new Set(await filesOf(folder));
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? 'ec2-multi-ip' : `ec2-multi-ip-${count}`;
    const path = join(folder, name);
    if (!keyPairs.includes(name) && !files.has(path) && !files.has(`${path}.pub`)) return path;
  }
}
