import { CoreError } from '../base/errors.ts';
import { ownName, readConfigFiles } from './configFiles.ts';

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

/** Throws `aws.unknownProfile` where no configuration file has the profile. */
export async function requireProfile(profile: string): Promise<void> {
  const profiles = await listProfiles();
  if (!profiles.some(({ name }) => name === profile)) throw new CoreError('aws.unknownProfile', { profile });
}
