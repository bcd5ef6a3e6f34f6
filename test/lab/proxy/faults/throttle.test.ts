import { deepEqual, equal } from 'node:assert/strict';
import { bucketOf } from './throttle.ts';
import { TokenBucket } from './tokenBucket.ts';

describe('throttling', () => {
  it('lets a burst through and then the refill', () => {
    let now = 0;
    const bucket = new TokenBucket(2, 5, () => now);
    deepEqual([bucket.take(), bucket.take(), bucket.take()], [true, true, false]);
    now = 199;
    equal(bucket.take(), false);
    now = 200;
    deepEqual([bucket.take(), bucket.take()], [true, false]);
  });

  it('never holds more than the burst', () => {
    let now = 0;
    const bucket = new TokenBucket(2, 5, () => now);
    now = 3_600_000;
    deepEqual([bucket.take(), bucket.take(), bucket.take()], [true, true, false]);
  });

  for (const [query, name, burst] of [
    ['DescribeVpcs', 'DescribeVpcs', 100],
    ['DescribeInstances', 'DescribeInstances of everything', 50],
    ['DescribeInstances&MaxResults=500', 'DescribeInstances', 100],
    ['DescribeInstances&InstanceId.1=i-1', 'DescribeInstances', 100],
    ['DescribeNetworkInterfaces&Filter.1.Name=vpc-id', 'DescribeNetworkInterfaces', 100],
    ['AllocateAddress', 'AllocateAddress', 50],
    ['CreateNetworkInterface', 'CreateNetworkInterface', 100],
    ['RunInstances', 'RunInstances', 5],
  ] as const) {
    it(`draws ${query} from the bucket of ${burst}`, () => {
      const params = new URLSearchParams(`Action=${query}`);
      const { name: found, bucket } = bucketOf({ action: params.get('Action') ?? '', params });
      deepEqual([found, bucket[0]], [name, burst]);
    });
  }
});
