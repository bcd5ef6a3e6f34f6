import { EC2Client } from '@aws-sdk/client-ec2';
import { STSClient } from '@aws-sdk/client-sts';
import { CoreError } from '../base/errors.ts';
import { readConfigFiles } from './configFiles.ts';
import { profileCredentials } from './credentials.ts';
import type { Ec2Options } from './door.ts';
import { configuredEndpoint } from './endpoints.ts';
import { impliedProfile, requireProfile } from './profiles.ts';
import { sdkName } from './sdkName.ts';
import { handlerOptions } from './timeouts.ts';
import { createWaits } from './waits.ts';
import type { Waits } from './waits.ts';

/** Reads are safe to repeat; a mutating call whose answer was lost is looked up instead. */
const READ_ATTEMPTS = 3;

/** The credentials of an account, which all that share the ring ask for once: a code of an MFA device works once. */
export interface Keyring {
  credentials: EC2Client['config']['credentials'] | undefined;
  /** The calls of all of them. */
  waits?: Waits;
}

/** Makes the SDK's clients: two of EC2's, for reads and for writes, and one of STS's. */
export async function openClients(options: Ec2Options) {
  await readConfigFiles();
  const profile = options.profile ?? (await impliedProfile());
  if (profile !== undefined) await requireProfile(profile);
  const [ec2Endpoint, stsEndpoint, iamEndpoint, ssoEndpoint] = await Promise.all([
    options.endpoint ?? configuredEndpoint('ec2', profile),
    options.endpoint ?? configuredEndpoint('sts', profile),
    options.endpoint ?? configuredEndpoint('iam', profile),
    configuredEndpoint('sso', profile),
  ]);
  const { keyring = { credentials: undefined } } = options;
  const waits = (keyring.waits ??= createWaits());
  const own = () =>
    profile !== undefined && {
      credentials: profileCredentials(profile, {
        mfaCode: options.mfaCode,
        stsEndpoint,
        ssoEndpoint,
        milliseconds: options.credentialsMilliseconds ?? 30_000,
        waits,
      }),
    };
  const wanted = options.region ?? environmentRegion();
  const shared = {
    ...(wanted !== undefined && { region: wanted }),
    ...(profile !== undefined && { profile: sdkName(profile) }),
    ...(keyring.credentials === undefined ? own() : { credentials: keyring.credentials }),
    requestHandler: handlerOptions(options.timeouts),
  };
  const ec2At = ec2Endpoint === undefined ? {} : { endpoint: ec2Endpoint };
  const reader = new EC2Client({ ...shared, ...ec2At, maxAttempts: READ_ATTEMPTS });
  keyring.credentials ??= reader.config.credentials;
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
  const isFips = await reader.config.useFipsEndpoint();
  return {
    reader,
    writer,
    sts,
    region,
    profile,
    waits,
    isFips,
    ec2Endpoint: ec2Endpoint ?? (await ownHost(reader)),
    iamEndpoint,
  };
}

/** Where AWS itself answers, by the partition, and by whether FIPS or IPv6 is wanted. */
async function ownHost({ config }: EC2Client): Promise<string> {
  const [Region, UseFIPS, UseDualStack] = await Promise.all([
    config.region(),
    config.useFipsEndpoint(),
    config.useDualstackEndpoint(),
  ]);
  return config.endpointProvider({ Region, UseFIPS, UseDualStack }).url.host;
}

/** The SDK knows one of the two variables, the AWS CLI both. */
function environmentRegion(): string | undefined {
  const { AWS_REGION: first = '', AWS_DEFAULT_REGION: second = '' } = process.env;
  return first === '' && second !== '' ? second : undefined;
}

async function regionOf(client: EC2Client, profile: string | undefined): Promise<string> {
  try {
    return await client.config.region();
  } catch (cause) {
    throw new CoreError('aws.noRegion', profile === undefined ? {} : { profile }, { cause });
  }
}
