import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accessKeys } from '../../lab/emulator/emulator.ts';
import { keep, secrets } from '../../lab/kept.ts';

/** AWS configuration files of a test's own, in the place of whatever this machine has. */
export interface AwsFiles {
  readonly directory: string;
  /** Gives the environment back. */
  remove(): Promise<void>;
}

const VARIABLES = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_PROFILE',
  'AWS_REGION',
  'AWS_DEFAULT_REGION',
  'AWS_CONFIG_FILE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_ENDPOINT_URL',
  'AWS_EC2_METADATA_DISABLED',
];

const credentials = `
[lab]
aws_access_key_id = ${accessKeys.good}
aws_secret_access_key = ${secrets.secretAccessKey}
[elsewhere]
aws_access_key_id = x
aws_secret_access_key = x
[invalid]
aws_access_key_id = ${accessKeys.invalid}
aws_secret_access_key = ${secrets.secretAccessKey}
[expired]
aws_access_key_id = ${accessKeys.expired}
aws_secret_access_key = ${secrets.secretAccessKey}
aws_session_token = ${secrets.sessionToken}
`;

const config = (expiredProcess: string): string => `
[profile lab]
region = us-east-1
[profile nowhere]
output = json
[profile login]
region = eu-central-1
credential_process = cat ${expiredProcess}
[profile elsewhere]
region = us-east-1
services = lab
[services lab]
ec2 =
  endpoint_url = http://127.0.0.1:1
[sso-session office]
sso_region = us-east-1
sso_start_url = http://127.0.0.1:1/start
`;

/** Writes the files and points the environment to them, and to nothing else. */
export async function writeAwsFiles(): Promise<AwsFiles> {
  const directory = await mkdtemp(join(tmpdir(), 'aws-files-'));
  const expiredProcess = join(directory, 'expired.json');
  const expired = { Version: 1, AccessKeyId: 'x', SecretAccessKey: 'x', Expiration: '2020-01-01T00:00:00Z' };
  await writeFile(expiredProcess, JSON.stringify(expired));
  await writeFile(join(directory, 'config'), config(expiredProcess));
  await writeFile(join(directory, 'credentials'), credentials);
  const before = VARIABLES.map((name) => [name, process.env[name]] as const);
  for (const name of VARIABLES) set(name, undefined);
  set('AWS_CONFIG_FILE', join(directory, 'config'));
  set('AWS_SHARED_CREDENTIALS_FILE', join(directory, 'credentials'));
  // Otherwise the SDK asks an address that only EC2 instances have.
  set('AWS_EC2_METADATA_DISABLED', 'true');
  return {
    directory,
    remove: async () => {
      for (const [name, value] of before) set(name, value);
      // The files of AWS hold secrets, as they should.
      for (const name of await readdir(directory)) {
        if (/^journal|\.jsonl$/.test(name)) keep(join(directory, name));
      }
      await rm(directory, { recursive: true });
    },
  };
}

function set(name: string, value: string | undefined): void {
  if (value === undefined) Reflect.deleteProperty(process.env, name);
  else process.env[name] = value;
}
