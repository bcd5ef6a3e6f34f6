import { EC2Client, type ServiceInputTypes } from '@aws-sdk/client-ec2';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { CoreError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { type CallAttempt, attempter, paced } from './attempt.ts';
import { isReading } from './buckets.ts';
import { commands } from './commands.ts';
import type { AnyCommand } from './commands.ts';
import { profileCredentials } from './credentials.ts';
import type { AskMfaCode } from './credentials.ts';
import type { CallOptions, Ec2, Ec2Call, Ec2Methods } from './ec2.ts';
import { configuredEndpoint } from './endpoints.ts';
import { type Pacer, createPacer } from './pacer.ts';
import { requireProfile } from './profiles.ts';
import { handlerOptions } from './timeouts.ts';
import type { Timeouts } from './timeouts.ts';

export { listProfiles } from './profiles.ts';

/** Where to, and as whom. */
export interface Ec2Options {
  /** Such as `eu-central-1`; without it the environment and then the profile says. */
  readonly region?: string | undefined;
  /** Without it the SDK's usual chain finds credentials, the environment first. */
  readonly profile?: string | undefined;
  /** Another address than AWS's own, such as an emulator's; without it the environment or the profile may say one. */
  readonly endpoint?: string | undefined;
  /** Ends every call. */
  readonly signal?: AbortSignal | undefined;
  readonly log: Log;
  readonly mfaCode?: AskMfaCode | undefined;
  /** How long a profile may take to give credentials; 30,000. */
  readonly credentialsMilliseconds?: number | undefined;
  /** How long one attempt may take to connect, and then to be answered. */
  readonly timeouts?: Timeouts;
  /** Holds calls back until EC2 takes them; one of the connection's own unless given. */
  readonly pacer?: Pacer | undefined;
}

/** Reads are safe to repeat; a mutating call whose answer was lost is looked up instead. */
const READ_ATTEMPTS = 3;

/**
 * Opens one Region of one account.
 *
 * @throws {CoreError} `aws.unknownProfile` or `aws.noRegion`; credentials are asked for with the first call.
 */
export async function openEc2(options: Ec2Options): Promise<Ec2> {
  const { profile } = options;
  if (profile !== undefined) await requireProfile(profile);
  const [ec2Endpoint, stsEndpoint] = await Promise.all([
    options.endpoint ?? configuredEndpoint('ec2', profile),
    options.endpoint ?? configuredEndpoint('sts', profile),
  ]);
  const shared = {
    ...(options.region !== undefined && { region: options.region }),
    ...(profile !== undefined && {
      profile,
      credentials: profileCredentials(profile, {
        mfaCode: options.mfaCode,
        endpoint: stsEndpoint,
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

  const attempt = attempter(options, ec2Endpoint ?? `ec2.${region}.amazonaws.com`);
  return {
    ...methodsOf(reader, writer, paced(options.pacer ?? createPacer(), attempt)),
    region,
    callerIdentity: async (call = {}) => {
      const answer = await attempt('sts:GetCallerIdentity', call, (abort) =>
        sts.send(new GetCallerIdentityCommand({}), abort),
      );
      return { account: answer.Account ?? '', arn: answer.Arn ?? '' };
    },
    close: () => {
      reader.destroy();
    },
  };
}

function methodsOf(reader: EC2Client, writer: EC2Client, attempt: CallAttempt): Ec2Methods {
  const method = ([name, Command]: [string, unknown]): [string, unknown] => {
    const client = isReading(name) ? reader : writer;
    // `satisfies` above has checked each command against its own method.
    const Typed = Command as new (input: ServiceInputTypes) => AnyCommand;
    return [
      name,
      (input: ServiceInputTypes, call: CallOptions = {}) =>
        // The names are those of the table above.
        attempt(name as Ec2Call, call, (abort) => client.send(new Typed(input), abort)),
    ];
  };
  return Object.fromEntries(Object.entries(commands).map(method)) as unknown as Ec2Methods;
}

async function regionOf(client: EC2Client, profile: string | undefined): Promise<string> {
  try {
    return await client.config.region();
  } catch (cause) {
    throw new CoreError('aws.noRegion', profile === undefined ? {} : { profile }, { cause });
  }
}
