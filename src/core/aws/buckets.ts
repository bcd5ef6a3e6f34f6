import type { Ec2Call } from './ec2.ts';

/** How many calls EC2 takes at once, and how many more a second. */
export interface Bucket {
  readonly burst: number;
  readonly perSecond: number;
}

const READING: Bucket = { burst: 100, perSecond: 20 };
const MUTATING: Bucket = { burst: 50, perSecond: 5 };
const LARGER: Bucket = { burst: 100, perSecond: 5 };

const OF_CALL: Partial<Readonly<Record<Ec2Call, Bucket>>> = {
  assignPrivateIpAddresses: LARGER,
  unassignPrivateIpAddresses: LARGER,
  createNetworkInterface: LARGER,
  deleteNetworkInterface: LARGER,
  terminateInstances: LARGER,
  runInstances: { burst: 5, perSecond: 2 },
};

/**
 * EC2's default token bucket of a call; each call has its own in an account and Region.
 *
 * Whole listings without paging have a smaller one still, but nothing here asks for them often.
 *
 * @see https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
 */
export function bucketOf(call: Ec2Call): Bucket {
  return OF_CALL[call] ?? (isReading(call) ? READING : MUTATING);
}

/** Tells whether a call only reads, so that it is safe to repeat. */
export function isReading(call: string): boolean {
  return /^(describe|get)/.test(call);
}

/** How many seconds a full bucket makes the last of so many calls wait. */
export function secondsFor(call: Ec2Call, count: number): number {
  const { burst, perSecond } = bucketOf(call);
  return Math.max(0, count - burst) / perSecond;
}
