import { deepEqual, equal, throws } from 'node:assert/strict';
import { indexInventory } from '../../../../../src/core/model/inventoryIndex.ts';
import type { Inventory } from '../../../../../src/core/model/network.ts';
import { planAddPairs } from '../../../../../src/core/plan/recipes/addPairs.ts';
import { planPair } from '../../../../../src/core/plan/recipes/pair.ts';
import { planUnpair } from '../../../../../src/core/plan/recipes/unpair.ts';
import { coreFailure } from '../../coreFailure.ts';
import { eip, eni, idleEip, smallRegion } from '../../smallRegion.ts';

const identity = { id: 'p', createdAt: '2026-01-01T00:00:00Z' };
const networkInterfaceId = 'eni-1';
const index = indexInventory(smallRegion);
const but = (other: Partial<Inventory>) => indexInventory({ ...smallRegion, ...other });
const noNames = new Map<string, string>();

const add = (region = index, eips?: readonly string[]) =>
  planAddPairs(
    { networkInterfaceId, addresses: { count: 1 }, ...(eips !== undefined && { eips }) },
    region,
    { type: { instanceType: 't3.small', addressesPerInterface: 4 }, eipQuota: 5 },
    identity,
  );
const pair = (region = index, allocationId?: string, privateAddress = '192.168.1.101') =>
  planPair(
    { networkInterfaceId, privateAddress, ...(allocationId !== undefined && { allocationId }) },
    region,
    { eipQuota: 5 },
    identity,
  );
const unpair = (region = index, privateAddress = '192.168.1.100', address: 'keep' | 'remove' = 'keep') =>
  planUnpair({ networkInterfaceId, privateAddress, eip: 'release', address }, region, noNames, identity);

describe('the plans of pairs', () => {
  it('assign first, then pair; allocate beside', () => {
    deepEqual(
      add().changes.map(({ id, kind, needs }) => [id, kind, needs]),
      [
        ['assign', 'assignAddresses', []],
        ['eip-1', 'allocateEip', []],
        ['pair-1', 'associateEip', ['eip-1', 'assign']],
      ],
    );
  });

  it('use an idle EIP without allocating', () => {
    const chosen = add(index, ['eipalloc-2']);
    equal(
      chosen.changes.some(({ kind }) => kind === 'allocateEip'),
      false,
    );
    deepEqual(
      pair(index, 'eipalloc-2').changes.map(({ input }) => input),
      [{ allocationId: 'eipalloc-2', networkInterfaceId, privateAddress: '192.168.1.101' }],
    );
  });

  it('count prefixes as addresses of the type', () => {
    const prefixed = but({ enis: [{ ...eni, prefixes: ['192.168.1.16/28', '192.168.1.32/28'] }] });
    const data = { instanceType: 't3.small', wanted: 5, maximum: 4 };
    throws(() => add(prefixed), coreFailure('plan.tooManyAddresses', data));
  });

  it('take no EIP from where it is', () => {
    const data = { address: '192.168.1.100', publicIp: '198.51.100.1' };
    throws(() => pair(index, 'eipalloc-1'), coreFailure('plan.alreadyPaired', data));
    throws(() => add(index, ['eipalloc-1']), coreFailure('plan.alreadyPaired', data));
    throws(() => pair(index, undefined, '192.168.1.100'), coreFailure('plan.alreadyPaired', data));
  });

  it('touch nothing that a service manages', () => {
    const by = 'nat_gateway';
    const managedEni = but({ enis: [{ ...eni, managedBy: by }] });
    const ofEni = coreFailure('plan.managed', { what: 'network interface', id: 'eni-1', by });
    for (const plan of [add, pair, unpair]) throws(() => plan(managedEni), ofEni);
    const managedEip = but({ eips: [eip, { ...idleEip, managedBy: by }] });
    const ofEip = coreFailure('plan.managed', { what: 'Elastic IP', id: 'eipalloc-2', by });
    throws(() => pair(managedEip, 'eipalloc-2'), ofEip);
    throws(() => add(managedEip, ['eipalloc-2']), ofEip);
    const ownManaged = but({ eips: [{ ...eip, managedBy: by }] });
    throws(
      () => unpair(ownManaged),
      coreFailure('plan.managed', { what: 'Elastic IP', id: 'eipalloc-1', by }),
    );
  });

  it('need a gateway', () => {
    const region = but({ internetGateways: [] });
    for (const plan of [add, pair])
      throws(() => plan(region), coreFailure('plan.noGateway', { vpcId: 'vpc-1' }));
  });

  it('need EIPs that are left', () => {
    const full = but({
      eips: Array.from({ length: 5 }, (_, i) => ({ ...idleEip, allocationId: `e-${String(i)}` })),
    });
    const data = { quota: 5, inUse: 5, wanted: 1 };
    for (const plan of [add, pair]) throws(() => plan(full), coreFailure('plan.eipQuota', data));
    equal(pair(full, 'e-1').changes.length, 1);
  });

  it('end only a pair that is there, and never a primary address', () => {
    throws(
      () => unpair(index, '192.168.1.101'),
      coreFailure('plan.notFound', { what: 'Elastic IP', id: '192.168.1.101' }),
    );
    throws(
      () => unpair(index, '192.168.1.9'),
      coreFailure('plan.notFound', { what: 'private address', id: '192.168.1.9' }),
    );
    throws(
      () => unpair(index, '192.168.1.100', 'remove'),
      coreFailure('plan.primaryAddress', { address: '192.168.1.100' }),
    );
  });
});
