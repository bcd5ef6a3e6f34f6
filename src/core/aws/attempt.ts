import { isCoreError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { countCalls } from './callsUnderWay.ts';
import type { CallsUnderWay } from './callsUnderWay.ts';
import type { CallOptions, Ec2Call } from './ec2.ts';
import { failureOf } from './failures.ts';
import type { Pacer } from './pacer.ts';

/** What every call of a connection has in common. */
export interface AttemptOptions {
  readonly profile?: string | undefined;
  /** Ends every call. */
  readonly signal?: AbortSignal | undefined;
  readonly log: Log;
  /** Gets credentials anew, whatever the old ones said about their end. */
  readonly renew: () => Promise<unknown>;
}

/** What the SDK is given to end a call early. */
interface Abort {
  readonly abortSignal?: AbortSignal;
}

/** Sends one call, named by its IAM action. */
export type Attempt = <T>(
  action: string,
  call: CallOptions,
  send: (abort: Abort) => Promise<T>,
) => Promise<T>;

/**
 * Sends one call: cancelled by either signal, logged with its time, its failure in our own words.
 *
 * What AWS refused for its credentials' age or for its time had no effect, whatever it was: it is sent once more,
 * with credentials got anew and by the clock of AWS.
 */
export function attempter(options: AttemptOptions, endpoint: string): Attempt {
  return async (action, call, send) => {
    const signals = [options.signal, call.signal].filter((signal) => signal !== undefined);
    const signal = AbortSignal.any(signals);
    const failed = async (error: unknown): Promise<unknown> => {
      signal.throwIfAborted();
      const failure = failureOf(error, { action, endpoint, profile: options.profile });
      const { explainCredentials } = await import('./profileFaults.ts');
      return explainCredentials(failure);
    };
    const once = async () => {
      signal.throwIfAborted();
      const began = performance.now();
      const answer = await unlessAborted(send(signals.length === 0 ? {} : { abortSignal: signal }), signal);
      options.log.debug(`${action} ${String(Math.round(performance.now() - began))} ms`);
      return answer;
    };
    try {
      try {
        return await once();
      } catch (error) {
        if (!(await canBeMended(error, await failed(error), options))) throw error;
        options.log.info(`${action} is sent again: its credentials or its time were too old`);
        return await once();
      }
    } catch (error) {
      const failure = await failed(error);
      options.log.warn(`${action} failed: ${String(failure)}`);
      throw failure;
    }
  };
}

/** The SDK ends a request when it is told to, but waits for credentials: for a process, or a person, without end. */
function unlessAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', abort, { once: true });
    void answer.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', abort);
    });
  });
}

async function canBeMended(error: unknown, failure: unknown, { renew }: AttemptOptions): Promise<boolean> {
  const { $metadata } = error as { $metadata?: { clockSkewCorrected?: boolean } };
  if ($metadata === undefined) return false;
  if ($metadata.clockSkewCorrected === true) return true;
  if (!isCoreError(failure, 'aws.credentialsExpired')) return false;
  await renew();
  return true;
}

/** Closes connections once nothing waits on them: a plan under way keeps those that it began with. */
export function closeWhenIdle(
  close: () => void,
): Pick<CallsUnderWay, 'watch'> & { readonly close: () => void } {
  let isOver = false;
  const calls = countCalls(() => {
    if (isOver) close();
  });
  return {
    watch: calls.watch,
    close: () => {
      isOver = true;
      if (calls.areNone()) close();
    },
  };
}

/** Sends one of EC2's calls. */
export type CallAttempt = <T>(
  name: Ec2Call,
  call: CallOptions,
  send: (abort: Abort) => Promise<T>,
) => Promise<T>;

/** Sends each call when it is its turn. */
export function paced(pacer: Pacer, attempt: Attempt): CallAttempt {
  return async (name, call, send) => {
    await pacer.turn(name, call.signal);
    try {
      return await attempt(`ec2:${name.charAt(0).toUpperCase()}${name.slice(1)}`, call, send);
    } catch (error) {
      if (isCoreError(error, 'aws.throttled')) pacer.refused(name);
      throw error;
    }
  };
}
