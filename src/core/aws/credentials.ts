import { getDefaultRoleAssumer, getDefaultRoleAssumerWithWebIdentity } from '@aws-sdk/client-sts';
import { fromIni } from '@aws-sdk/credential-provider-ini';
import { CoreError } from '../base/errors.ts';
import { readConfigFiles, sdkName } from './configFiles.ts';

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
}

/** The credentials of a profile, read anew from its files; asked for again by the SDK before they expire. */
export function profileCredentials(
  profile: string,
  options: ProfileCredentialsOptions,
): ReturnType<typeof fromIni> {
  const { mfaCode, stsEndpoint, ssoEndpoint, milliseconds } = options;
  return async (properties) => {
    const limit = startLimit(profile, milliseconds);
    await readConfigFiles();
    const provide = fromIni({
      profile: sdkName(profile),
      ...(mfaCode !== undefined && { mfaCodeProvider: (serial) => limit.suspend(() => mfaCode(serial)) }),
      ...(stsEndpoint !== undefined && assumersAt(stsEndpoint, properties?.callerClientConfig)),
      ...(ssoEndpoint !== undefined && { clientConfig: { endpoint: ssoEndpoint } }),
    });
    try {
      return await Promise.race([provide(properties), limit.expired]);
    } catch (error) {
      // The SDK stumbles over what a profile names and no file has.
      if (error instanceof TypeError) throw new CoreError('aws.noCredentials', { profile }, { cause: error });
      throw error;
    } finally {
      limit.clear();
    }
  };
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

/** Time that does not count while a person is asked. */
function startLimit(profile: string, milliseconds: number) {
  const { promise: expired, reject } = withResolvers();
  const start = () =>
    setTimeout(() => {
      reject(new CoreError('aws.credentialsTimeout', { profile, seconds: milliseconds / 1000 }));
    }, milliseconds);
  let timer = start();
  return {
    expired,
    clear: () => {
      clearTimeout(timer);
    },
    suspend: async <T>(question: () => Promise<T>): Promise<T> => {
      clearTimeout(timer);
      try {
        return await question();
      } finally {
        timer = start();
      }
    },
  };
}

function withResolvers(): { readonly promise: Promise<never>; readonly reject: (error: Error) => void } {
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<never>((_, fail) => (reject = fail));
  return { promise, reject };
}
