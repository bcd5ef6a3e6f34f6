import { execFileSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { accessKeys } from '../lab/emulator/emulator.ts';
import { secrets, usesPrivateKey } from '../lab/kept.ts';

/** A person's home in the lab: an AWS profile that leads to its emulator, and an SSH key. */
export interface DemoHome {
  readonly directory: string;
  readonly profile: string;
  readonly keyFile: string;
  /** OpenSSH's one line. */
  readonly publicKey: string;
  /** Environment variables that make a program live there. */
  readonly env: Readonly<Record<string, string>>;
}

const PROFILE = 'lab';
export const REGION = 'us-east-1';

/** Makes a home below a directory that exists; nothing outside it is read or written. */
export async function makeHome(parent: string, endpoint: string): Promise<DemoHome> {
  const directory = join(parent, 'home');
  await mkdir(join(directory, '.aws'), { recursive: true, mode: 0o700 });
  await mkdir(join(directory, '.ssh'), { recursive: true, mode: 0o700 });
  const config = `[profile ${PROFILE}]\nregion = ${REGION}\nendpoint_url = ${endpoint}\n`;
  const accessKeyId = accessKeys.good;
  const credentials = `[${PROFILE}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secrets.secretAccessKey}\n`;
  await writeFile(join(directory, '.aws', 'config'), config);
  await writeFile(join(directory, '.aws', 'credentials'), credentials, { mode: 0o600 });
  const keyFile = join(directory, '.ssh', 'id_ed25519');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'demo', '-f', keyFile]);
  usesPrivateKey(keyFile);
  const publicKey = (await readFile(`${keyFile}.pub`, 'utf8')).trim();
  return { directory, profile: PROFILE, keyFile, publicKey, env: environmentOf(directory) };
}

function environmentOf(directory: string): Readonly<Record<string, string>> {
  return {
    HOME: directory,
    AWS_CONFIG_FILE: join(directory, '.aws', 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(directory, '.aws', 'credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
    // An agent of the person who starts the demo has nothing to do with the lab.
    SSH_AUTH_SOCK: '',
  };
}
