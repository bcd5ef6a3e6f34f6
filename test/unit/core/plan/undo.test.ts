import { deepEqual } from 'node:assert/strict';
import type { Ec2 } from '../../../../src/core/aws/ec2.ts';
import { indexInventory } from '../../../../src/core/model/inventoryIndex.ts';
import { awsHandlers } from '../../../../src/core/plan/changes/awsHandlers.ts';
import { planUnpair } from '../../../../src/core/plan/recipes/unpair.ts';
import { undoPlan } from '../../../../src/core/plan/undo.ts';
import { smallRegion } from '../smallRegion.ts';

describe('the undo of a plan', () => {
  it('puts back an EIP that was released under the id that it gets anew', () => {
    const spec = {
      networkInterfaceId: 'eni-1',
      privateAddress: '192.168.1.100',
      eip: 'release',
      address: 'keep',
    } as const;
    const names = new Map([['eipalloc-1', 'mail.example.com.']]);
    const identity = { id: 'p', createdAt: '2026-01-01T00:00:00Z' };
    const plan = planUnpair(spec, indexInventory(smallRegion), names, identity);
    const results = new Map(plan.changes.map(({ id }) => [id, {}]));
    // An inverse asks EC2 nothing.
    const undo = undoPlan(plan, results, awsHandlers({} as Ec2), { ...identity, id: 'undo-p' });
    const allocationId = { ref: 'undo-release', output: 'allocationId' };
    deepEqual(undo.undoes, 'p');
    // What was given back costs nothing until it is there again.
    deepEqual(undo.eipsBefore, smallRegion.eips.length - 1);
    deepEqual(
      undo.changes.map(({ id, kind, needs }) => [id, kind, needs]),
      [
        ['undo-release', 'allocateEip', []],
        ['undo-clear-ptr', 'setReverseDns', ['undo-release']],
        ['undo-unpair', 'associateEip', ['undo-release']],
      ],
    );
    deepEqual(
      undo.changes.slice(1).map(({ input }) => 'allocationId' in input && input.allocationId),
      [allocationId, allocationId],
    );
  });
});
