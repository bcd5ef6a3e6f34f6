import type { EC2Client, ServiceInputTypes } from '@aws-sdk/client-ec2';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { Log } from '../base/log.ts';
import { readAlias } from './alias.ts';
import { type CallAttempt, attempter, closeWhenIdle, paced } from './attempt.ts';
import { isReading } from './buckets.ts';
import { type Keyring, openClients } from './clients.ts';
import { commands } from './commands.ts';
import type { AnyCommand } from './commands.ts';
import type { AskMfaCode } from './credentials.ts';
import type { CallOptions, Ec2, Ec2Call, Ec2Methods } from './ec2.ts';
import { type Pacer, createPacer } from './pacer.ts';
import { partitionOf } from './partition.ts';
import { readInPieces } from './readInPieces.ts';
import type { Timeouts } from './timeouts.ts';
import { type Turns, createTurns } from './turns.ts';

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
  /** Shared by connections of one account; one of the connection's own unless given. */
  readonly keyring?: Keyring | undefined;
  /** How long a profile may take to give credentials; 30,000. */
  readonly credentialsMilliseconds?: number | undefined;
  /** How long one attempt may take to connect, and then to be answered. */
  readonly timeouts?: Timeouts;
  /** Holds calls back until EC2 takes them; one of the connection's own unless given. */
  readonly pacer?: Pacer | undefined;
  /** Has long answers read a piece at a time; a queue of the connection's own unless given. */
  readonly turns?: Turns | undefined;
}

/**
 * Opens one Region of one account.
 *
 * @throws {CoreError} `aws.unknownProfile` or `aws.noRegion`; credentials are asked for with the first call.
 */
export async function openEc2(options: Ec2Options): Promise<Ec2> {
  const { reader, writer, sts, region, profile: who, waits, isFips, ...at } = await openClients(options);
  readInPieces(reader, options.turns ?? createTurns());
  const partition = partitionOf(region);
  const { signal, log } = options;
  const renew = () => reader.config.credentials({ forceRefresh: true });
  const idle = closeWhenIdle(() => {
    reader.destroy();
  });
  const attempt = idle.watch(waits.watch(attempter({ profile: who, signal, log, renew }, at.ec2Endpoint)));
  return {
    ...methodsOf(reader, writer, paced(options.pacer ?? createPacer(), attempt)),
    region,
    accountAlias: async ({ signal: abort = AbortSignal.timeout(10_000) } = {}) => {
      const signer = await sts.config.signer({
        name: 'sigv4',
        signingName: 'sts',
        signingRegion: region,
        properties: {},
      });
      const host = isFips ? partition.iamFipsHost : partition.iamHost;
      return readAlias(signer, {
        url: new URL(at.iamEndpoint ?? `https://${host}`),
        region: partition.globalRegion,
        signal: abort,
      });
    },
    callerIdentity: async (call = {}) => {
      const answer = await attempt('sts:GetCallerIdentity', call, (abort) =>
        sts.send(new GetCallerIdentityCommand({}), abort),
      );
      return { account: answer.Account ?? '', arn: answer.Arn ?? '' };
    },
    close: idle.close,
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
