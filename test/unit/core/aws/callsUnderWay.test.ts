import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { closeWhenIdle } from '../../../../src/core/aws/attempt.ts';
import type { Attempt } from '../../../../src/core/aws/attempt.ts';
import { createWaits } from '../../../../src/core/aws/waits.ts';

/** Sends what it is given, and nothing of EC2's. */
const plain: Attempt = (_action, _call, send) => send({});

describe('calls under way', () => {
  const calling = (watch: (attempt: Attempt) => Attempt) => {
    const answer = Promise.withResolvers<string>();
    const done = watch(plain)('ec2:DescribeVpcs', {}, () => answer.promise);
    return { ...answer, done };
  };

  it('keep their connection open until the last of them has ended, well or not', async () => {
    let closed = 0;
    const idle = closeWhenIdle(() => (closed += 1));
    const [first, second] = [calling(idle.watch), calling(idle.watch)];
    idle.close();
    first.resolve('');
    await first.done;
    assert.equal(closed, 0);
    second.reject(new Error('no'));
    await assert.rejects(second.done);
    assert.equal(closed, 1);
  });

  it('close a connection at once where there are none, and leave one open that is still wanted', async () => {
    let closed = 0;
    const idle = closeWhenIdle(() => (closed += 1));
    const call = calling(idle.watch);
    call.resolve('');
    await call.done;
    assert.equal(closed, 0);
    idle.close();
    assert.equal(closed, 1);
  });

  it('are waited for by what they share, which is stopped with the last, unless another comes at once', async () => {
    let stopped = 0;
    const waits = createWaits();
    const forget = waits.whenNobodyWaits(() => (stopped += 1));
    const first = calling(waits.watch);
    first.resolve('');
    await first.done;
    // A reading that is begun anew.
    const second = calling(waits.watch);
    await turn();
    assert.equal(stopped, 0);
    second.resolve('');
    await second.done;
    await turn();
    assert.equal(stopped, 1);
    forget();
    const third = calling(waits.watch);
    third.resolve('');
    await third.done;
    await turn();
    assert.equal(stopped, 1);
  });
});
