import { deepEqual, equal, throws } from 'node:assert/strict';
import { indexInventory } from '../../../../../src/core/model/inventoryIndex.ts';
import { losesPublicAddress, planRestart } from '../../../../../src/core/plan/recipes/restart.ts';
import { coreFailure } from '../../coreFailure.ts';
import { eni, smallRegion } from '../../smallRegion.ts';

const identity = { id: 'p', createdAt: '2026-01-01T00:00:00Z' };
const index = indexInventory(smallRegion);
const association = { associationId: 'eipassoc-9', publicIp: '198.51.100.9' };
/** Its public address is one that EC2 gave it for as long as it runs. */
const borrowed = indexInventory({
  ...smallRegion,
  enis: [{ ...eni, addresses: [{ address: '192.168.1.100', primary: true, association }] }],
  eips: [],
});

describe('the plan of a restart', () => {
  const steps = (how: 'reboot' | 'stopAndStart', region = index) =>
    planRestart({ instanceId: 'i-1', how }, region, identity).changes.map(({ kind, needs, input }) => [
      kind,
      needs,
      input,
    ]);

  it('reboots, or stops and then starts', () => {
    deepEqual(steps('reboot'), [['rebootInstance', [], { instanceId: 'i-1' }]]);
    deepEqual(steps('stopAndStart'), [
      ['stopInstance', [], { instanceId: 'i-1' }],
      ['startInstance', ['stop'], { instanceId: 'i-1' }],
    ]);
  });

  it('warns of a stop that takes the public address of the primary one away', () => {
    equal(losesPublicAddress(index, 'i-1'), false);
    equal(losesPublicAddress(borrowed, 'i-1'), true);
    deepEqual(steps('stopAndStart', borrowed)[0], [
      'stopInstance',
      [],
      { instanceId: 'i-1', losesWayIn: true },
    ]);
  });

  it('refuses an instance that is not there', () => {
    throws(
      () => planRestart({ instanceId: 'i-2', how: 'reboot' }, index, identity),
      coreFailure('plan.notFound', { what: 'instance', id: 'i-2' }),
    );
  });
});
