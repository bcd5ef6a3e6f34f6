import { readFile } from 'node:fs/promises';
import { CoreError } from '../base/errors.ts';

/** Reads a key in any of the forms that it knows, or says why not; it is ssh2's parser that is handed in. */
export type KeyParser<K> = (data: Buffer, passphrase?: string) => K | Error;

/** Gives the passphrase of an encrypted key, or `undefined` where the user gives none. */
export type AskPassphrase = (keyFile: string) => Promise<string | undefined>;

/**
 * Reads a private key, asking for its passphrase where it is encrypted.
 *
 * Throws `ssh.keyMissing`, `ssh.keyUnreadable`, `ssh.keyEncrypted` (no passphrase was given),
 * `ssh.keyWrongPassphrase` or `ssh.keyInvalid`.
 */
export async function readKey<K>(path: string, parse: KeyParser<K>, ask: AskPassphrase): Promise<K> {
  const data = await readBytes(path);
  const key = parse(data);
  if (!(key instanceof Error)) return key;
  if (!/no passphrase given/i.test(key.message)) throw new CoreError('ssh.keyInvalid', { path });
  const passphrase = await ask(path);
  if (passphrase === undefined || passphrase === '') throw new CoreError('ssh.keyEncrypted', { path });
  const opened = parse(data, passphrase);
  if (!(opened instanceof Error)) return opened;
  throw new CoreError(/passphrase/i.test(opened.message) ? 'ssh.keyWrongPassphrase' : 'ssh.keyInvalid', {
    path,
  });
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    if (code === 'ENOENT') throw new CoreError('ssh.keyMissing', { path }, { cause });
    throw new CoreError('ssh.keyUnreadable', { path, reason: code }, { cause });
  }
}
