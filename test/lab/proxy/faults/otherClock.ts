import { errorAnswer } from '../call.ts';
import type { Fault } from '../call.ts';

/** How far a signature's time may be from the service's own. */
const LEEWAY_MILLISECONDS = 5 * 60_000;

/**
 * Has the service's clock go so many milliseconds ahead of this machine's, or behind where negative: it tells its
 * own time with each answer, and refuses what is signed at another.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
export function otherClock(ahead: number): Fault {
  return async (call, forward) => {
    const date = new Date(Date.now() + ahead);
    const isOff = Math.abs((call.signedAt?.getTime() ?? 0) - date.getTime()) > LEEWAY_MILLISECONDS;
    const outcome = isOff ? errorAnswer(400, 'RequestExpired', 'Request has expired.') : await forward();
    if (outcome.kind !== 'answer') return outcome;
    const shifted = (time: string) => new Date(Date.parse(time) + ahead).toISOString();
    // When what STS gives ends is by its clock too.
    const body = outcome.body.replace(/(?<=<Expiration>)[^<]+/, shifted);
    return { ...outcome, body, date };
  };
}
