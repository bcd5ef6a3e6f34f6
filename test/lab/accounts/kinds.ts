import { join } from 'node:path';
import { accessKeys } from '../emulator/emulator.ts';
import { secrets } from '../kept.ts';
import { CONTAINER } from './instanceMetadata.ts';
import type { KindFiles } from './kindFiles.ts';

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

const region = { AWS_REGION: 'us-east-1' };
const keysInEnvironment = (id: string): Readonly<Record<string, string>> => ({
  AWS_ACCESS_KEY_ID: id,
  AWS_SECRET_ACCESS_KEY: secrets.secretAccessKey,
});

/** Every kind that is right; those of SSO once somebody has signed in. */
export const rightKinds: readonly Kind[] = [
  { name: 'keys in the credentials file', profile: 'static' },
  { name: 'an SSO session', profile: 'sso' },
  { name: 'an SSO session under a Japanese name', profile: 'sso-東京' },
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
