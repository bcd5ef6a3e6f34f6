import { isCoreError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { CallOptions, Ec2Call } from './ec2.ts';
import { failureOf } from './failures.ts';
import type { Pacer } from './pacer.ts';
import { explainCredentials } from './profileFaults.ts';

/** What every call of a connection has in common. */
export interface AttemptOptions {
  readonly profile?: string | undefined;
  /** Ends every call. */
  readonly signal?: AbortSignal | undefined;
  readonly log: Log;
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

/** Sends one call: cancelled by either signal, logged with its time, its failure in our own words. */
export function attempter(options: AttemptOptions, endpoint: string): Attempt {
  return async (action, call, send) => {
    const signals = [options.signal, call.signal].filter((signal) => signal !== undefined);
    const signal = AbortSignal.any(signals);
    signal.throwIfAborted();
    const began = performance.now();
    try {
      const answer = await send(signals.length === 0 ? {} : { abortSignal: signal });
      options.log.debug(`${action} ${String(Math.round(performance.now() - began))} ms`);
      return answer;
    } catch (error) {
      signal.throwIfAborted();
      const failure = await explainCredentials(
        failureOf(error, { action, endpoint, profile: options.profile }),
      );
      options.log.warn(`${action} failed: ${String(failure)}`);
      throw failure;
    }
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
