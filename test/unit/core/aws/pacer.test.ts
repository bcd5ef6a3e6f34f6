import { deepEqual, equal, rejects } from 'node:assert/strict';
import { setImmediate as later } from 'node:timers/promises';
import { bucketOf, secondsFor } from '../../../../src/core/aws/buckets.ts';
import type { Ec2Call } from '../../../../src/core/aws/ec2.ts';
import { createPacer } from '../../../../src/core/aws/pacer.ts';
import { bucketOf as bucketOfEc2 } from '../../../lab/proxy/faults/throttle.ts';

const CALLS: readonly Ec2Call[] = [
  'allocateAddress',
  'assignPrivateIpAddresses',
  'associateAddress',
  'createNetworkInterface',
  'createVpc',
  'deleteNetworkInterface',
  'describeAddresses',
  'disassociateAddress',
  'modifyAddressAttribute',
  'releaseAddress',
  'runInstances',
  'terminateInstances',
  'unassignPrivateIpAddresses',
];

describe('pacing', () => {
  it('knows the buckets as EC2 has them', () => {
    for (const call of CALLS) {
      const action = `${call.charAt(0).toUpperCase()}${call.slice(1)}`;
      const { bucket } = bucketOfEc2({ action, params: new URLSearchParams('MaxResults=5') });
      const { burst, perSecond } = bucketOf(call);
      deepEqual([burst, perSecond], bucket, call);
    }
  });

  it('says how long a number of calls takes', () => {
    equal(secondsFor('allocateAddress', 200), 30);
    equal(secondsFor('allocateAddress', 50), 0);
    equal(secondsFor('runInstances', 9), 2);
  });

  it('lets a burst pass at once, and holds the next one back', async () => {
    const pacer = createPacer(() => 0);
    let passed = 0;
    const cancel = new AbortController();
    const held = [];
    for (let n = 0; n < 5; n++) {
      held.push(pacer.turn('runInstances', cancel.signal).then(() => passed++));
    }
    await later();
    equal(passed, 4);
    cancel.abort();
    await rejects(Promise.all(held));
  });

  it('refills with time, and gives back what a cancelled call did not use', async () => {
    let now = 0;
    const pacer = createPacer(() => now);
    for (let n = 0; n < 4; n++) await pacer.turn('runInstances');
    await rejects(pacer.turn('runInstances', AbortSignal.timeout(1)));
    now += 500;
    await pacer.turn('runInstances');
    await rejects(pacer.turn('runInstances', AbortSignal.timeout(1)));
  });

  it('begins at an empty bucket once EC2 has refused a call', async () => {
    let now = 0;
    const pacer = createPacer(() => now);
    await pacer.turn('runInstances');
    pacer.refused('runInstances');
    await rejects(pacer.turn('runInstances', AbortSignal.timeout(1)));
    now += 1_100;
    await pacer.turn('runInstances');
  });
});
