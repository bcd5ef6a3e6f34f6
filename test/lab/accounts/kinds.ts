import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { accessKeys } from '../emulator/emulator.ts';
import { secrets } from '../kept.ts';
import { CONTAINER } from './instanceMetadata.ts';

/** Where credentials may come from; all are the account 123456789012 in us-east-1. */
export interface Kind {
  readonly name: string;
  /** Absent where the environment or the machine gives them. */
  readonly profile?: string;
  readonly environment?: (files: KindFiles) => Readonly<Record<string, string>>;
  /** A person is asked for the code of an MFA device. */
  readonly asksForCode?: true;
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
  /** Where STS answers. */
  readonly sts: string;
}

const keys = (id: string): string =>
  `aws_access_key_id = ${id}\naws_secret_access_key = ${secrets.secretAccessKey}\n`;
const sso = `sso_account_id = 123456789012\nsso_role_name = lab\nregion = us-east-1\nservices = lab\n`;
const role = 'role_arn = arn:aws:iam::123456789012:role/lab\nregion = us-east-1\n';
const mfaDevice = 'arn:aws:iam::123456789012:mfa/me';

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
[sso-session never]
sso_region = us-east-1
sso_start_url = ${portal}/never
[profile sso-never]
sso_session = never
${sso}
[profile sso-older-never]
sso_start_url = ${portal}/older-never
sso_region = us-east-1
${sso}
[sso-session over]
sso_region = us-east-1
sso_start_url = ${portal}/over
[profile sso-over]
sso_session = over
${sso}
[profile sso-dangling]
sso_session = nowhere
${sso}
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
[profile mfa]
source_profile = static
mfa_serial = ${mfaDevice}
${role}
[profile role-closed]
source_profile = static
${role.replace('/lab', '/closed')}
[profile role-of-nobody]
source_profile = nobody
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
[profile web-expired]
web_identity_token_file = ${join(directory, 'expired-token')}
${role}
[profile web-rubbish]
web_identity_token_file = ${join(directory, 'rubbish.txt')}
${role}
[profile web-without-token]
web_identity_token_file = ${join(directory, 'no-token')}
${role}
[profile on-instance]
credential_source = Ec2InstanceMetadata
${role}
[profile half]
region = us-east-1
[profile nothing]
region = us-east-1
[profile denied]
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
${keys(accessKeys.expired)}aws_session_token = ${secrets.sessionToken}
[denied]
${keys(accessKeys.denied)}[half]
aws_access_key_id = ${accessKeys.good}
`;

/** Writes the files that all kinds are in; whoever uses them points the environment to them. */
export async function writeKinds(files: KindFiles): Promise<void> {
  const { directory } = files;
  const json = (expiration: string): string =>
    JSON.stringify({
      Version: 1,
      AccessKeyId: accessKeys.good,
      SecretAccessKey: secrets.secretAccessKey,
      SessionToken: secrets.sessionToken,
      Expiration: expiration,
    });
  const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
  await mkdir(directory, { recursive: true });
  const texts = {
    config: config(files),
    credentials,
    token: secrets.webIdentityToken,
    'expired-token': 'expired.payload.signature',
    [join('.aws/sso/cache', `${createHash('sha1').update('over').digest('hex')}.json`)]: JSON.stringify({
      accessToken: secrets.sessionToken,
      expiresAt: '2020-01-01T00:00:00Z',
    }),
    'process.json': json(inAnHour),
    'expired.json': json('2020-01-01T00:00:00Z'),
    'rubbish.txt': 'Please sign in at https://example.com\n',
  };
  const write = async ([name, text]: readonly [string, string]): Promise<void> => {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), text);
  };
  await Promise.all(Object.entries(texts).map(write));
}

/** The environment in which the kinds are found, and nothing of this machine is. */
export function kindsEnvironment({ directory, metadata, sts }: KindFiles): Readonly<Record<string, string>> {
  return {
    HOME: directory,
    AWS_CONFIG_FILE: join(directory, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(directory, 'credentials'),
    AWS_EC2_METADATA_SERVICE_ENDPOINT: metadata,
    AWS_ENDPOINT_URL_STS: sts,
  };
}

const region = { AWS_REGION: 'us-east-1' };
const keysInEnvironment = (id: string): Readonly<Record<string, string>> => ({
  AWS_ACCESS_KEY_ID: id,
  AWS_SECRET_ACCESS_KEY: secrets.secretAccessKey,
});

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
  { name: 'a role that asks for an MFA code', profile: 'mfa', asksForCode: true },
  {
    name: 'keys in the environment',
    environment: () => ({ ...region, ...keysInEnvironment(accessKeys.good) }),
  },
  { name: 'a profile named by the environment', environment: () => ({ AWS_PROFILE: '東京 の 支社' }) },
  {
    name: 'a web identity in the environment',
    environment: ({ directory }) => ({
      ...region,
      AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/lab',
      AWS_WEB_IDENTITY_TOKEN_FILE: join(directory, 'token'),
    }),
  },
  {
    name: 'a container’s role, in the Region of the older variable',
    environment: ({ metadata }) => ({
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${metadata}${CONTAINER}`,
    }),
  },
  { name: 'the instance’s role', environment: () => region },
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
    environment: () => ({
      ...region,
      AWS_ACCESS_KEY_ID: accessKeys.good,
      AWS_EC2_METADATA_DISABLED: 'true',
    }),
    says: /half an access key: set AWS_SECRET_ACCESS_KEY too/,
    saysInJapanese: /AWS_SECRET_ACCESS_KEY も設定/,
  },
  {
    name: 'an expired key in the environment',
    environment: () => ({ ...region, ...keysInEnvironment(accessKeys.expired) }),
    says: /have expired/,
    saysInJapanese: /期限/,
  },
  {
    name: 'keys in the environment that may do nothing',
    environment: () => ({ ...region, ...keysInEnvironment(accessKeys.denied) }),
    says: /IAM action ec2:Describe\w+ is missing/,
    saysInJapanese: /ec2:Describe\w+/,
  },
  {
    name: 'nothing at all',
    environment: () => ({ ...region, AWS_EC2_METADATA_DISABLED: 'true' }),
    says: /no AWS credentials here. Sign in with the AWS CLI/,
    saysInJapanese: /AWS の認証情報がありません|認証情報/,
  },
  {
    name: 'a profile without credentials',
    profile: 'nothing',
    says: /“nothing” gives no credentials. Sign in with it, or choose another/,
    saysInJapanese: /「nothing」/,
  },
  {
    name: 'keys that may do nothing',
    profile: 'denied',
    says: /IAM action ec2:Describe\w+ is missing/,
    saysInJapanese: /ec2:Describe\w+/,
  },
  {
    name: 'an SSO session that nobody began',
    profile: 'sso-never',
    says: /SSO session of the AWS profile “sso-never” has ended or was never begun. Sign in/,
    saysInJapanese: /「sso-never」/,
  },
  {
    name: 'SSO of the older form that nobody began',
    profile: 'sso-older-never',
    says: /“sso-older-never” has ended or was never begun. Sign in/,
    saysInJapanese: /「sso-older-never」/,
  },
  {
    name: 'an SSO session whose time is over',
    profile: 'sso-over',
    says: /“sso-over” has ended or was never begun. Sign in/,
    saysInJapanese: /「sso-over」/,
  },
  {
    name: 'an SSO session that is not there',
    profile: 'sso-dangling',
    says: /“sso-dangling” lacks \[sso-session nowhere\]. Add it in .*config, line \d+/,
    saysInJapanese: /\[sso-session nowhere\].*\d+ 行目/,
  },
  {
    name: 'a role that nobody gave',
    profile: 'role-closed',
    says: /IAM action sts:AssumeRole is missing/,
    saysInJapanese: /sts:AssumeRole/,
  },
  {
    name: 'a role whose source is not there',
    profile: 'role-of-nobody',
    says: /“role-of-nobody” lacks \[profile nobody\]. Add it in .*config, line \d+/,
    saysInJapanese: /\[profile nobody\].*\d+ 行目/,
  },
  {
    name: 'a web identity that has expired',
    profile: 'web-expired',
    says: /“web-expired” have expired/,
    saysInJapanese: /「web-expired」.*期限/,
  },
  {
    name: 'a web identity that is none',
    profile: 'web-rubbish',
    says: /refuses the credentials of the profile “web-rubbish”/,
    saysInJapanese: /「web-rubbish」.*拒否/,
  },
  {
    name: 'a profile that only the environment knows',
    environment: () => ({ AWS_PROFILE: 'gone' }),
    says: /There is no AWS profile “gone”/,
    saysInJapanese: /「gone」.*ありません/,
  },
  {
    name: 'a profile that is not there',
    profile: 'gone',
    says: /There is no AWS profile “gone”/,
    saysInJapanese: /「gone」.*ありません/,
  },
];
