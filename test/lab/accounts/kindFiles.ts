import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { accessKeys } from '../emulator/emulator.ts';
import { secrets } from '../kept.ts';

/** The file where the profile `process-hangs` notes what it has started, by its ids. */
export const HANGING = 'hanging';

/** How long at most the credentials of `process-brief` and `role-brief` last. */
export const BRIEF_SECONDS = 3;

/** The files that the profiles of all kinds are in. */
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

function config({ directory, sso: portal, sts }: KindFiles): string {
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
[sso-session "東京 の 支社"]
sso_region = us-east-1
sso_start_url = ${portal}/tokyo
[profile sso-東京]
sso_session = 東京 の 支社
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
credential_process = sleep 600 & echo $$ $! >>${join(directory, HANGING)}; wait
[profile process-brief]
region = us-east-1
credential_process = sh ${join(directory, 'brief.sh')}
[profile endpoint]
endpoint_url = ${sts}
region = us-east-1
[services own]
ec2 =
  endpoint_url = ${sts}
[profile endpoint-of-services]
services = own
region = us-east-1
[profile endpoint-nowhere]
endpoint_url = http://127.0.0.1:9/
region = us-east-1
[profile static]
region = us-east-1
[profile elsewhere]
region = us-east-1
[profile role-brief]
source_profile = static
${role.replace('/lab', '/brief')}
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
[elsewhere]
${keys(accessKeys.otherAccount)}[invalid]
${keys(accessKeys.invalid)}
[expired]
${keys(accessKeys.expired)}aws_session_token = ${secrets.sessionToken}
[denied]
${keys(accessKeys.denied)}${['endpoint', 'endpoint-of-services', 'endpoint-nowhere'].map((name) => `[${name}]\n${keys(accessKeys.good)}`).join('')}[half]
aws_access_key_id = ${accessKeys.good}
`;

/** Gives keys that are good for so many seconds, as they say to the emulator. */
const brief = (seconds: number): string => `
end=$(($(date +%s%N) / 100000000 + ${seconds}0))
cat <<END
{"Version": 1, "AccessKeyId": "ASIAUNTIL$end", "SecretAccessKey": "${secrets.secretAccessKey}",
"SessionToken": "${secrets.sessionToken}", "Expiration": "$(date -u -d @$((end / 10)) +%FT%TZ)"}
END
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
    'brief.sh': brief(BRIEF_SECONDS),
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
