import { getDefaultRoleAssumer, getDefaultRoleAssumerWithWebIdentity } from '@aws-sdk/client-sts';
import { fromIni } from '@aws-sdk/credential-provider-ini';
import { CoreError } from '../base/errors.ts';
import { readConfigFiles } from './configFiles.ts';
import { withProcessesEnded } from './endedProcesses.ts';
import { sdkName } from './sdkName.ts';
import type { Waits } from './waits.ts';

/** How long before their end the SDK asks for others, in milliseconds; no role is given for less. */
const RENEWED_BEFORE = 300_000;

/** Gives the current code of an MFA device. */
export type AskMfaCode = (serial: string) => Promise<string>;

/** What getting a profile's credentials needs besides its name. */
export interface ProfileCredentialsOptions {
  /** Asked for where the profile assumes a role that wants it; the time of the question does not count. */
  readonly mfaCode?: AskMfaCode | undefined;
  /** Of STS, where the person set one. */
  readonly stsEndpoint?: string | undefined;
  /** Of the SSO portal, likewise. */
  readonly ssoEndpoint?: string | undefined;
  /** How long a credential_process or a sign-in service may take. */
  readonly milliseconds: number;
  /** Who waits for them: with nobody left, what is under way is ended. */
  readonly waits: Waits;
}

/** The credentials of a profile, read anew from its files; asked for again by the SDK before they expire. */
export function profileCredentials(
  profile: string,
  options: ProfileCredentialsOptions,
): ReturnType<typeof fromIni> {
  const { mfaCode, stsEndpoint, ssoEndpoint, milliseconds, waits } = options;
  return async (properties) => {
    const limit = startLimit(profile, milliseconds);
    const forget = waits.whenNobodyWaits(limit.stop);
    await readConfigFiles();
    const provide = fromIni({
      profile: sdkName(profile),
      ...(mfaCode !== undefined && { mfaCodeProvider: (serial) => limit.suspend(() => mfaCode(serial)) }),
      ...(stsEndpoint !== undefined && assumersAt(stsEndpoint, properties?.callerClientConfig)),
      ...(ssoEndpoint !== undefined && { clientConfig: { endpoint: ssoEndpoint } }),
    });
    try {
      const given = withProcessesEnded(limit.signal, () => provide(properties));
      const credentials = await Promise.race([given, limit.expired]);
      return limit.hasAsked() ? untilRefused(credentials) : credentials;
    } catch (error) {
      // The SDK stumbles over what a profile names and no file has.
      if (error instanceof TypeError) throw new CoreError('aws.noCredentials', { profile }, { cause: error });
      throw error;
    } finally {
      forget();
      limit.clear();
    }
  };
}

/**
 * Credentials that seem over as soon as they are given, by a clock that is hours ahead, are used until AWS refuses
 * them: a person would be asked for another code with each call.
 */
function untilRefused<T extends { readonly expiration?: Date }>(credentials: T): T {
  const { expiration, ...rest } = credentials;
  const isOver = expiration !== undefined && expiration.getTime() - Date.now() < RENEWED_BEFORE;
  // Nothing else but the optional part is gone.
  return isOver ? (rest as T) : credentials;
}

type CallerConfig = NonNullable<Parameters<ReturnType<typeof fromIni>>[0]>['callerClientConfig'];

/** What asks STS elsewhere for roles; the SSO portal must not be looked for there. */
function assumersAt(endpoint: string, caller: CallerConfig) {
  const config = { endpoint, ...(caller !== undefined && { parentClientConfig: caller }) };
  return {
    roleAssumer: getDefaultRoleAssumer(config),
    roleAssumerWithWebIdentity: getDefaultRoleAssumerWithWebIdentity(config),
  };
}

/** Time that does not count while a person is asked; what is under way ends with it, or sooner. */
function startLimit(profile: string, milliseconds: number) {
  const { promise: expired, reject } = Promise.withResolvers<never>();
  const over = new AbortController();
  const end = (error: Error) => {
    reject(error);
    over.abort(error);
  };
  const start = () =>
    setTimeout(() => {
      end(new CoreError('aws.credentialsTimeout', { profile, seconds: milliseconds / 1000 }));
    }, milliseconds);
  let timer = start();
  let isAsking = false;
  let hasAsked = false;
  // Whoever waits for it may come to do so only later.
  expired.catch(() => undefined);
  return {
    expired,
    /** Whether a person was asked. */
    hasAsked: () => hasAsked,
    signal: over.signal,
    stop: () => {
      // An answer that a person is giving is kept for who comes next.
      if (isAsking) return;
      end(new DOMException('nobody waits for these credentials any more', 'AbortError'));
    },
    clear: () => {
      clearTimeout(timer);
    },
    suspend: async <T>(question: () => Promise<T>): Promise<T> => {
      clearTimeout(timer);
      isAsking = hasAsked = true;
      try {
        return await question();
      } finally {
        isAsking = false;
        timer = start();
      }
    },
  };
}
