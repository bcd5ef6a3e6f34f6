import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import keygen from 'ssh2/lib/keygen.js';
import { CoreError } from '../base/errors.ts';

/**
 * Makes an Ed25519 key in OpenSSH's form at `path`, for its owner alone, and its public half at `path`.pub.
 *
 * An empty passphrase makes a key without one. What is there already is not touched: throws `ssh.keyUnwritable`.
 *
 * @returns The public half, as EC2 imports it.
 */
export async function makeKey(path: string, passphrase: string): Promise<string> {
  const pair = await generate(passphrase);
  const line = `${pair.public}\n`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(path, pair.private, { flag: 'wx', mode: 0o600 });
    await writeFile(`${path}.pub`, line, { flag: 'wx', mode: 0o644 }).catch(async (error: unknown) => {
      await rm(path);
      throw error;
    });
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new CoreError('ssh.keyUnwritable', { path, reason }, { cause });
  }
  return line;
}

function generate(passphrase: string): Promise<{ readonly private: string; readonly public: string }> {
  const encrypted = passphrase === '' ? {} : { passphrase, cipher: 'aes256-ctr' };
  return new Promise((resolve, reject) => {
    keygen.generateKeyPair('ed25519', { comment: 'ec2-multi-ip', ...encrypted }, (error, pair) => {
      if (error === null) resolve(pair);
      else reject(error);
    });
  });
}
