import { fromIni } from '@aws-sdk/credential-provider-ini';
import { CoreError } from '../base/errors.ts';

/** Gives the current code of an MFA device. */
export type AskMfaCode = (serial: string) => Promise<string>;

/** What getting a profile's credentials needs besides its name. */
export interface ProfileCredentialsOptions {
  /** Asked for where the profile assumes a role that wants it; the time of the question does not count. */
  readonly mfaCode?: AskMfaCode | undefined;
  /** Of STS, where the person set one. */
  readonly endpoint?: string | undefined;
  /** How long a credential_process or a sign-in service may take. */
  readonly milliseconds: number;
}

/** The credentials of a profile, read anew from its files; asked for again by the SDK before they expire. */
export function profileCredentials(
  profile: string,
  options: ProfileCredentialsOptions,
): ReturnType<typeof fromIni> {
  const { mfaCode, endpoint, milliseconds } = options;
  return async (properties) => {
    const limit = startLimit(profile, milliseconds);
    const provide = fromIni({
      profile,
      ignoreCache: true,
      ...(mfaCode !== undefined && { mfaCodeProvider: (serial) => limit.suspend(() => mfaCode(serial)) }),
      ...(endpoint !== undefined && { clientConfig: { endpoint } }),
    });
    try {
      return await Promise.race([provide(properties), limit.expired]);
    } finally {
      limit.clear();
    }
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
