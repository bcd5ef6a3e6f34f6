import { deepEqual, equal } from 'node:assert/strict';
import { indexInventory } from '../../../../src/core/model/inventoryIndex.ts';
import { secondsOf } from '../../../../src/core/plan/eta.ts';
import { output, planBuilder } from '../../../../src/core/plan/planBuilder.ts';
import { DOLLARS_PER_EIP_MONTH, previewPlan } from '../../../../src/core/plan/preview.ts';
import { type StackFacts, defaultStack, planStack } from '../../../../src/core/plan/recipes/createStack.ts';
import { planTeardown } from '../../../../src/core/plan/recipes/teardown.ts';
import { smallRegion } from '../smallRegion.ts';

const identity = { id: 'p', createdAt: '2026-01-01T00:00:00Z' };
const facts: StackFacts = {
  region: 'us-east-1',
  imageId: 'ami-1',
  addressesPerInterface: 2,
  eipsInUse: 0,
  keyNames: [],
};

describe('the preview of a plan', () => {
  it('says what is made, in which stages, and what it costs a month', () => {
    const { lines, counts, eips, monthlyDollars } = previewPlan(planStack(defaultStack(), facts, identity));
    deepEqual(
      lines.map(({ change, stage }) => `${String(stage)} ${change.id}`),
      [
        '0 vpc',
        '0 gateway',
        '1 subnet',
        '1 attach',
        '2 route',
        '1 group',
        '2 ports',
        '2 eni',
        '0 eip-1',
        '3 pair-1',
        '0 eip-2',
        '3 pair-2',
        '4 instance',
      ],
    );
    deepEqual(counts, { create: 9, change: 4, destroy: 0 });
    equal(
      lines.every(({ undo }) => undo === 'exact'),
      true,
    );
    equal(eips, 2);
    equal(monthlyDollars.toFixed(2), '7.30');
  });

  it('says what is destroyed, what cannot be taken back, and what is saved', () => {
    const scope = { vpcId: 'vpc-1' };
    const plan = planTeardown(scope, indexInventory(smallRegion), new Map(), identity);
    const { lines, counts, monthlyDollars, monthlyBefore } = previewPlan(plan);
    deepEqual(counts, { create: 0, change: 2, destroy: 8 });
    equal(monthlyDollars.toFixed(2), '-3.65');
    equal(monthlyBefore, smallRegion.eips.length * DOLLARS_PER_EIP_MONTH);
    const undo = new Map(lines.map(({ change, undo: how }) => [change.kind, how]));
    equal(undo.get('releaseEip'), 'lossy');
    equal(undo.get('terminateInstance'), 'none');
    equal(undo.get('disassociateEip'), 'exact');
    const saved = lines.filter((line) => line.monthlyDollars !== 0);
    deepEqual(
      saved.map(({ change, monthlyDollars: dollars }) => [change.kind, dollars]),
      [['releaseEip', -DOLLARS_PER_EIP_MONTH]],
    );
  });

  it('says how long it takes: what waits for another, and what EC2 takes so many of a second', () => {
    const plan = planBuilder();
    const { changes: none } = plan.build('addPairs', 'us-east-1', identity);
    equal(secondsOf(none), 0);
    const seconds = (pairs: number): number => {
      const bulk = planBuilder();
      for (let n = 0; n < pairs; n++) {
        const eip = bulk.add(`eip-${String(n)}`, 'allocateEip', { name: 'x' });
        const allocationId = output(eip, 'allocationId');
        const input = { allocationId, networkInterfaceId: 'eni-1', privateAddress: '10.0.0.4' };
        bulk.add(`pair-${String(n)}`, 'associateEip', input);
      }
      return Math.round(secondsOf(bulk.build('addPairs', 'us-east-1', identity).changes) * 10) / 10;
    };
    equal(seconds(1), 1);
    equal(seconds(50), 1);
    // 150 more at 5 a second, each EIP paired as soon as it is there.
    equal(seconds(200), 31);
    const stack = previewPlan(planStack(defaultStack(), facts, identity));
    equal(stack.seconds, 4);
    // What needs another is done after it.
    const ends = new Map(stack.lines.map(({ change, doneAfter }) => [change.id, doneAfter]));
    for (const { change } of stack.lines) {
      for (const need of change.needs) equal((ends.get(need) ?? 0) < (ends.get(change.id) ?? 0), true);
    }
  });
});
