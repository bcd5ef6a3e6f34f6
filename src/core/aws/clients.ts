import { EC2Client } from '@aws-sdk/client-ec2';
import { STSClient } from '@aws-sdk/client-sts';
import { CoreError } from '../base/errors.ts';
import { readConfigFiles, sdkName } from './configFiles.ts';
import { profileCredentials } from './credentials.ts';
import type { Ec2Options } from './door.ts';
import { configuredEndpoint } from './endpoints.ts';
import { requireProfile } from './profiles.ts';
import { handlerOptions } from './timeouts.ts';

/** Reads are safe to repeat; a mutating call whose answer was lost is looked up instead. */
const READ_ATTEMPTS = 3;

/** Makes the SDK's clients: two of EC2's, for reads and for writes, and one of STS's. */
export async function openClients(options: Ec2Options) {
  const { profile } = options;
  await readConfigFiles();
  if (profile !== undefined) await requireProfile(profile);
  const [ec2Endpoint, stsEndpoint, iamEndpoint, ssoEndpoint] = await Promise.all([
    options.endpoint ?? configuredEndpoint('ec2', profile),
    options.endpoint ?? configuredEndpoint('sts', profile),
    options.endpoint ?? configuredEndpoint('iam', profile),
    configuredEndpoint('sso', profile),
  ]);
  const shared = {
    ...(options.region !== undefined && { region: options.region }),
    ...(profile !== undefined && {
      profile: sdkName(profile),
      credentials: profileCredentials(profile, {
        mfaCode: options.mfaCode,
        stsEndpoint,
        ssoEndpoint,
        milliseconds: options.credentialsMilliseconds ?? 30_000,
      }),
    }),
    requestHandler: handlerOptions(options.timeouts),
  };
  const ec2At = ec2Endpoint === undefined ? {} : { endpoint: ec2Endpoint };
  const reader = new EC2Client({ ...shared, ...ec2At, maxAttempts: READ_ATTEMPTS });
  const region = await regionOf(reader, profile);
  // One set of connections and one set of credentials for all three clients.
  const rest = {
    ...shared,
    region,
    credentials: reader.config.credentials,
    requestHandler: reader.config.requestHandler,
  };
  const writer = new EC2Client({ ...rest, ...ec2At, maxAttempts: 1 });
  const sts = new STSClient({
    ...rest,
    ...(stsEndpoint !== undefined && { endpoint: stsEndpoint }),
    maxAttempts: READ_ATTEMPTS,
  });
  return { reader, writer, sts, region, ec2Endpoint, iamEndpoint };
}

async function regionOf(client: EC2Client, profile: string | undefined): Promise<string> {
  try {
    return await client.config.region();
  } catch (cause) {
    throw new CoreError('aws.noRegion', profile === undefined ? {} : { profile }, { cause });
  }
}
