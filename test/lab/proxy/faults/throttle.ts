import { errorAnswer } from '../call.ts';
import type { Call, Fault } from '../call.ts';
import { TokenBucket } from './tokenBucket.ts';

/** Burst and refill a second. */
export type Bucket = readonly [burst: number, perSecond: number];

const describing: Bucket = [100, 20];
const describingAll: Bucket = [50, 10];
const mutating: Bucket = [50, 5];
const ofAction: Record<string, Bucket> = {
  AssignPrivateIpAddresses: [100, 5],
  UnassignPrivateIpAddresses: [100, 5],
  CreateNetworkInterface: [100, 5],
  DeleteNetworkInterface: [100, 5],
  TerminateInstances: [100, 5],
  CreateTags: [100, 10],
  RunInstances: [5, 2],
};
const costly = ['DescribeInstances', 'DescribeNetworkInterfaces', 'DescribeSecurityGroups'];

/** Names the bucket that a call draws from, and its size: every action has its own, in an account and Region. */
export function bucketOf({ action, params }: Call): { name: string; bucket: Bucket } {
  if (!action.startsWith('Describe')) return { name: action, bucket: ofAction[action] ?? mutating };
  const isNarrow = [...params.keys()].some((key) => key === 'MaxResults' || /^Filter\.|Id\.1$/.test(key));
  return costly.includes(action) && !isNarrow
    ? { name: `${action} of everything`, bucket: describingAll }
    : { name: action, bucket: describing };
}

/**
 * Throttles to EC2's default token buckets; `now` is a clock in milliseconds.
 * @see https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
 */
export function throttle(now: () => number = () => performance.now()): Fault {
  const buckets = new Map<string, TokenBucket>();
  return async (call, forward) => {
    const { name, bucket } = bucketOf(call);
    const tokens = buckets.get(name) ?? new TokenBucket(...bucket, now);
    buckets.set(name, tokens);
    return tokens.take() ? forward() : errorAnswer(503, 'RequestLimitExceeded', 'Request limit exceeded.');
  };
}
