import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { accessKeys } from '../emulator/emulator.ts';

/** Where credentials may come from; all are the account 123456789012 in us-east-1. */
export interface Kind {
  readonly name: string;
  /** Absent where the environment or the machine gives them. */
  readonly profile?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** What is wrong with credentials, and the sentence that says what to do, in English and in Japanese. */
export interface WrongKind extends Kind {
  readonly says: RegExp;
  readonly saysInJapanese: RegExp;
}

/** The files that the profiles below are in. */
export interface KindFiles {
  readonly directory: string;
  /** The lab's SSO portal. */
  readonly sso: string;
  /** The lab's instance metadata service. */
  readonly metadata: string;
}

const keys = (id: string): string => `aws_access_key_id = ${id}\naws_secret_access_key = secret\n`;
const sso = `sso_account_id = 123456789012\nsso_role_name = lab\nregion = us-east-1\nservices = lab\n`;
const role = 'role_arn = arn:aws:iam::123456789012:role/lab\nregion = us-east-1\n';

function config({ directory, sso: portal }: KindFiles): string {
  const process = (name: string): string =>
    `region = us-east-1\ncredential_process = cat ${join(directory, name)}\n`;
  return `
[services lab]
sso =
  endpoint_url = ${portal}
sso_oidc =
  endpoint_url = ${portal}
[sso-session office]
sso_region = us-east-1
sso_start_url = ${portal}/start
sso_registration_scopes = sso:account:access
[profile sso]
sso_session = office
${sso}
[profile sso-older]
sso_start_url = ${portal}/older
sso_region = us-east-1
${sso}
[profile sso-role]
source_profile = sso
services = lab
${role}
[profile sso-denied]
sso_session = office
${sso.replace('= lab\n', '= nobody\n')}
[profile sso-half]
sso_session = office
region = us-east-1
[profile process]
${process('process.json')}
[profile process-expired]
${process('expired.json')}
[profile process-rubbish]
${process('rubbish.txt')}
[profile process-fails]
${process('not-there.json')}
[profile process-hangs]
region = us-east-1
credential_process = sleep 30
[profile static]
region = us-east-1
[profile role-one]
source_profile = static
${role}
[profile role-chain]
source_profile = role-one
${role}
[profile "東京 の 支社"]
source_profile = static
${role}
[profile role-of-invalid]
source_profile = invalid
${role}
[profile loop-a]
source_profile = loop-b
${role}
[profile loop-b]
source_profile = loop-a
${role}
[profile web]
web_identity_token_file = ${join(directory, 'token')}
${role}
[profile web-without-token]
web_identity_token_file = ${join(directory, 'no-token')}
${role}
[profile on-instance]
credential_source = Ec2InstanceMetadata
${role}
[profile half]
region = us-east-1
[profile invalid]
region = us-east-1
[profile expired]
region = us-east-1
`;
}

const credentials = `
[static]
${keys(accessKeys.good)}
[invalid]
${keys(accessKeys.invalid)}
[expired]
${keys(accessKeys.expired)}aws_session_token = token
[half]
aws_access_key_id = ${accessKeys.good}
`;

/** Writes the files that all kinds are in; whoever uses them points the environment to them. */
export async function writeKinds(files: KindFiles): Promise<void> {
  const { directory } = files;
  const json = (expiration: string): string =>
    JSON.stringify({
      Version: 1,
      AccessKeyId: accessKeys.good,
      SecretAccessKey: 'secret',
      SessionToken: 'token',
      Expiration: expiration,
    });
  const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
  await mkdir(directory, { recursive: true });
  const texts = {
    config: config(files),
    credentials,
    token: 'header.payload.signature',
    'process.json': json(inAnHour),
    'expired.json': json('2020-01-01T00:00:00Z'),
    'rubbish.txt': 'Please sign in at https://example.com\n',
  };
  await Promise.all(Object.entries(texts).map(([name, text]) => writeFile(join(directory, name), text)));
}

/** The environment in which the kinds are found, and nothing of this machine is. */
export function kindsEnvironment({ directory, metadata }: KindFiles): Readonly<Record<string, string>> {
  return {
    HOME: directory,
    AWS_CONFIG_FILE: join(directory, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(directory, 'credentials'),
    AWS_EC2_METADATA_SERVICE_ENDPOINT: metadata,
  };
}

const region = { AWS_REGION: 'us-east-1' };

/** Every kind that is right; those of SSO once somebody has signed in. */
export const rightKinds: readonly Kind[] = [
  { name: 'keys in the credentials file', profile: 'static' },
  { name: 'an SSO session', profile: 'sso' },
  { name: 'SSO of the older form', profile: 'sso-older' },
  { name: 'a role by way of SSO', profile: 'sso-role' },
  { name: 'a role', profile: 'role-one' },
  { name: 'a chain of roles', profile: 'role-chain' },
  { name: 'a role under a Japanese name with spaces', profile: '東京 の 支社' },
  { name: 'a credential_process', profile: 'process' },
  { name: 'a web identity', profile: 'web' },
  { name: 'a role by way of the instance’s own', profile: 'on-instance' },
  {
    name: 'keys in the environment',
    environment: { ...region, AWS_ACCESS_KEY_ID: accessKeys.good, AWS_SECRET_ACCESS_KEY: 'secret' },
  },
  { name: 'a profile named by the environment', environment: { AWS_PROFILE: 'static' } },
  { name: 'the instance’s role', environment: region },
];

/** Every kind that is wrong in some way. */
export const wrongKinds: readonly WrongKind[] = [
  {
    name: 'keys that AWS does not know',
    profile: 'invalid',
    says: /AWS refuses the credentials of the profile “invalid”/,
    saysInJapanese: /「invalid」.*拒否/,
  },
  {
    name: 'keys that have expired',
    profile: 'expired',
    says: /“expired” have expired. Sign in again/,
    saysInJapanese: /「expired」.*期限/,
  },
  {
    name: 'half a profile',
    profile: 'half',
    says: /“half” lacks aws_secret_access_key. Add it in .*credentials, line \d+/,
    saysInJapanese: /「half」.*aws_secret_access_key.*\d+ 行目/,
  },
  {
    name: 'half an SSO profile',
    profile: 'sso-half',
    says: /“sso-half” lacks sso_account_id. Add it in .*config, line \d+/,
    saysInJapanese: /「sso-half」.*sso_account_id.*\d+ 行目/,
  },
  {
    name: 'an SSO role that nobody gave',
    profile: 'sso-denied',
    says: /does not give you the account and role of the AWS profile “sso-denied”/,
    saysInJapanese: /「sso-denied」.*アカウントとロール/,
  },
  {
    name: 'a role whose source is refused',
    profile: 'role-of-invalid',
    says: /AWS refuses the credentials/,
    saysInJapanese: /拒否/,
  },
  {
    name: 'roles in a circle',
    profile: 'loop-a',
    says: /each other’s source: loop-a → loop-b → loop-a. .*config, line \d+/,
    saysInJapanese: /loop-a → loop-b → loop-a.*\d+ 行目/,
  },
  {
    name: 'a credential_process that prints rubbish',
    profile: 'process-rubbish',
    says: /credential_process of the AWS profile “process-rubbish” fails or prints.*line \d+/,
    saysInJapanese: /「process-rubbish」の credential_process.*\d+ 行目/,
  },
  {
    name: 'a credential_process that fails',
    profile: 'process-fails',
    says: /credential_process of the AWS profile “process-fails” fails or prints.*line \d+/,
    saysInJapanese: /「process-fails」の credential_process.*\d+ 行目/,
  },
  {
    name: 'a credential_process whose credentials have expired',
    profile: 'process-expired',
    says: /“process-expired” have expired/,
    saysInJapanese: /「process-expired」.*期限/,
  },
  {
    name: 'a web identity without its token',
    profile: 'web-without-token',
    says: /token file .*no-token is not there/,
    saysInJapanese: /no-token がありません/,
  },
  {
    name: 'half a key in the environment',
    environment: { ...region, AWS_ACCESS_KEY_ID: accessKeys.good, AWS_EC2_METADATA_DISABLED: 'true' },
    says: /half an access key: set AWS_SECRET_ACCESS_KEY too/,
    saysInJapanese: /AWS_SECRET_ACCESS_KEY も設定/,
  },
  {
    name: 'an expired key in the environment',
    environment: { ...region, AWS_ACCESS_KEY_ID: accessKeys.expired, AWS_SECRET_ACCESS_KEY: 'secret' },
    says: /have expired/,
    saysInJapanese: /期限/,
  },
  {
    name: 'a profile that is not there',
    profile: 'gone',
    says: /There is no AWS profile “gone”/,
    saysInJapanese: /「gone」.*ありません/,
  },
];
