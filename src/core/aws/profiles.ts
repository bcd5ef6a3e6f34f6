import { CoreError } from '../base/errors.ts';
import { readConfigFiles } from './configFiles.ts';
import { ownName } from './sdkName.ts';

/** A profile of the AWS configuration files. */
export interface AwsProfile {
  readonly name: string;
  /** Its own Region, where it sets one. */
  readonly region?: string;
}

/**
 * Lists the profiles of `~/.aws/config` and `~/.aws/credentials`, or of the files that `AWS_CONFIG_FILE` and
 * `AWS_SHARED_CREDENTIALS_FILE` name, sorted by name; files that are not there count as empty.
 */
export async function listProfiles(): Promise<readonly AwsProfile[]> {
  const { configFile, credentialsFile } = await readConfigFiles();
  const names = new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)].filter(isProfile));
  return [...names].sort().map((name) => {
    const region = configFile[name]?.['region'] ?? credentialsFile[name]?.['region'];
    return region === undefined ? { name: ownName(name) } : { name: ownName(name), region };
  });
}

// The loader writes the other sections of the file, such as `sso-session NAME`, with a dot.
function isProfile(section: string): boolean {
  return !/^(sso-session|services)\./.test(section);
}

/** What in a section says where credentials come from. */
const CREDENTIALS =
  /^(aws_access_key_id|role_arn|credential_process|web_identity_token_file|sso_|login_session)/;

/**
 * The profile that counts where none was chosen: what the environment names or else, where that has no keys either,
 * the default one if it has any. Absent where it is the machine that gives credentials.
 */
export async function impliedProfile(): Promise<string | undefined> {
  const {
    AWS_PROFILE: named = '',
    AWS_ACCESS_KEY_ID: id = '',
    AWS_SECRET_ACCESS_KEY: key = '',
  } = process.env;
  if (named !== '') return named;
  if (id !== '' && key !== '') return undefined;
  const { configFile, credentialsFile } = await readConfigFiles();
  const settings = Object.keys({ ...configFile['default'], ...credentialsFile['default'] });
  return settings.some((name) => CREDENTIALS.test(name)) ? 'default' : undefined;
}

/** Throws `aws.unknownProfile` where no configuration file has the profile. */
export async function requireProfile(profile: string): Promise<void> {
  const profiles = await listProfiles();
  if (!profiles.some(({ name }) => name === profile)) throw new CoreError('aws.unknownProfile', { profile });
}
