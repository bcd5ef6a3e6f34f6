import { deepEqual, equal, ok, throws } from 'node:assert/strict';
import { indexInventory } from '../../../../../src/core/model/inventoryIndex.ts';
import type { Inventory } from '../../../../../src/core/model/network.ts';
import { PLAN_TAG, ROUTE_TAG } from '../../../../../src/core/plan/changes/tags.ts';
import type { Plan } from '../../../../../src/core/plan/plan.ts';
import { planTeardown } from '../../../../../src/core/plan/recipes/teardown.ts';
import { type TeardownScope, foreignThings } from '../../../../../src/core/plan/recipes/teardownSelection.ts';
import { coreFailure } from '../../coreFailure.ts';
import { eip, eni, idleEip, instance, PLAN_ID, smallRegion } from '../../smallRegion.ts';

const identity = { id: 'p', createdAt: '2026-01-01T00:00:00Z' };
const ofPlan = { planId: PLAN_ID };
const ofVpc = { vpcId: 'vpc-1' };

function teardown(
  scope: TeardownScope,
  other: Partial<Inventory> = {},
  names = new Map<string, string>(),
): Plan {
  return planTeardown(scope, indexInventory({ ...smallRegion, ...other }), names, identity);
}

/** Every change with all that it waits for, near and far. */
function waits(plan: Plan): ReadonlyMap<string, ReadonlySet<string>> {
  const all = new Map<string, Set<string>>();
  for (const { id, needs } of plan.changes) {
    all.set(id, new Set(needs.flatMap((need) => [need, ...(all.get(need) ?? [])])));
  }
  return all;
}

describe('the plan of a teardown', () => {
  for (const scope of [ofPlan, ofVpc]) {
    it(`of ${Object.keys(scope).join()} removes all, and nothing before what holds it`, () => {
      const after = waits(teardown(scope));
      deepEqual([...after.keys()].sort(), [
        'delete eni-1',
        'delete igw-1',
        'delete key standalone',
        'delete sg-1',
        'delete subnet-1',
        'delete vpc-1',
        'detach igw-1',
        'release eipalloc-1',
        'terminate i-1',
        'unpair eipalloc-1',
      ]);
      const follows = (later: string, earlier: string) => {
        equal(after.get(later)?.has(earlier), true, `${later} after ${earlier}`);
      };
      follows('unpair eipalloc-1', 'terminate i-1');
      follows('release eipalloc-1', 'unpair eipalloc-1');
      follows('delete eni-1', 'terminate i-1');
      follows('delete sg-1', 'delete eni-1');
      follows('delete subnet-1', 'delete eni-1');
      follows('detach igw-1', 'unpair eipalloc-1');
      follows('delete igw-1', 'detach igw-1');
      follows('delete key standalone', 'terminate i-1');
      for (const inside of ['delete subnet-1', 'delete sg-1', 'detach igw-1'])
        follows('delete vpc-1', inside);
    });
  }

  it('releases pairs that another plan added, and keeps what somebody else allocated', () => {
    const association = { ...eip.association, networkInterfaceId: 'eni-1', privateAddress: '192.168.1.101' };
    const added = { ...idleEip, association: { ...association, associationId: 'eipassoc-2' } };
    const kinds = (plan: Plan) =>
      plan.changes.filter(({ id }) => id.endsWith('eipalloc-2')).map(({ kind }) => kind);
    const ours = { ...added, tags: { [PLAN_TAG]: 'plan-2' } };
    deepEqual(kinds(teardown(ofPlan, { eips: [eip, ours] })), ['disassociateEip', 'releaseEip']);
    deepEqual(kinds(teardown(ofPlan, { eips: [eip, added] })), ['disassociateEip']);
    const named = { ...ofVpc, named: [added.publicIp] };
    deepEqual(kinds(teardown(named, { eips: [eip, added] })), ['disassociateEip']);
  });

  it('releases idle EIPs of the plan', () => {
    const idle = { ...idleEip, tags: { [PLAN_TAG]: PLAN_ID } };
    for (const scope of [ofPlan, ofVpc]) {
      const ids = teardown(scope, { eips: [eip, idle] }).changes.map(({ id }) => id);
      equal(ids.includes('release eipalloc-2'), true);
    }
  });

  it('clears a PTR record before the EIP is released', () => {
    const after = waits(teardown(ofPlan, {}, new Map([['eipalloc-1', 'mail.example.com.']])));
    equal(after.get('release eipalloc-1')?.has('clear PTR eipalloc-1'), true);
  });

  it('leaves an ENI to the instance that takes it along', () => {
    const attachment = { id: 'a', instanceId: 'i-1', deviceIndex: 0, deleteOnTermination: true };
    const after = waits(teardown(ofPlan, { enis: [{ ...eni, attachment }] }));
    equal(after.has('delete eni-1'), false);
    equal(after.get('delete subnet-1')?.has('terminate i-1'), true);
  });

  it('takes the routes to its gateway out of a VPC that stays', () => {
    const vpcs = smallRegion.vpcs.map((vpc) => ({ ...vpc, tags: {} }));
    const after = waits(teardown(ofPlan, { vpcs }));
    equal(after.has('delete vpc-1'), false);
    equal(after.get('detach igw-1')?.has('delete route 0.0.0.0/0 of rtb-1'), true);
  });

  it('takes back the route that was added for its ENI, where it is still that and serves nobody else', () => {
    const foreign = { tags: {} };
    const vpcs = smallRegion.vpcs.map((vpc) => ({ ...vpc, ...foreign }));
    const internetGateways = smallRegion.internetGateways.map((gateway) => ({ ...gateway, ...foreign }));
    const routed = { ...eni, tags: { ...eni.tags, [ROUTE_TAG]: 'rtb-1 0.0.0.0/0 igw-1' } };
    const id = 'delete route 0.0.0.0/0 of rtb-1';
    const region = { vpcs, internetGateways, enis: [routed] };
    const after = waits(teardown(ofPlan, region));
    equal(after.get('delete eni-1')?.has(id), true);
    equal(after.has('detach igw-1'), false);
    const [table] = smallRegion.routeTables;
    ok(table);
    const turned = table.routes.map((route) => ({ ...route, target: 'nat-1' }));
    equal(waits(teardown(ofPlan, { ...region, routeTables: [{ ...table, routes: turned }] })).has(id), false);
    equal(waits(teardown(ofPlan, { ...region, routeTables: [] })).has(id), false);
    const subnets = smallRegion.subnets.map((subnet) => ({ ...subnet, ...foreign }));
    const theirs = { ...eni, id: 'eni-2', groupIds: [], tags: {} };
    const shared = { ...region, subnets, enis: [routed, theirs] };
    equal(waits(teardown(ofPlan, shared)).has(id), false);
    const elsewhere = {
      ...table,
      id: 'rtb-2',
      isMain: false,
      associations: [{ id: 'a', subnetId: 'subnet-2' }],
    };
    const apart = { ...theirs, subnetId: 'subnet-2' };
    const own = { ...shared, routeTables: [table, elsewhere], enis: [routed, apart] };
    equal(waits(teardown(ofPlan, own)).has(id), true);
  });

  it('is refused where somebody else has put something into the VPC of a plan', () => {
    const foreign = { ...instance, id: 'i-2', eniIds: [], tags: {} };
    const other = { instances: [instance, foreign] };
    const data = { what: 'stack', id: PLAN_ID, things: ['i-2'] };
    throws(() => teardown(ofPlan, other), coreFailure('plan.foreign', data));
  });

  it('removes what somebody else made only where each thing was named', () => {
    const foreign = { ...instance, id: 'i-2', eniIds: [], tags: { Name: 'theirs' } };
    const other = { instances: [instance, foreign] };
    const index = indexInventory({ ...smallRegion, ...other });
    deepEqual(foreignThings('vpc-1', index), [{ what: 'instance', id: 'i-2', name: 'theirs' }]);
    const data = { what: 'VPC', id: 'vpc-1', things: ['i-2'] };
    throws(() => teardown(ofVpc, other), coreFailure('plan.foreign', data));
    throws(() => teardown({ ...ofVpc, named: ['i-3'] }, other), coreFailure('plan.foreign', data));
    const { changes } = teardown({ ...ofVpc, named: ['i-2'] }, other);
    equal(
      changes.some(({ id }) => id === 'terminate i-2'),
      true,
    );
  });

  it('is refused where an ENI of the plan serves an instance that is not its own', () => {
    const vpcs = smallRegion.vpcs.map((vpc) => ({ ...vpc, tags: {} }));
    const instances = [{ ...instance, tags: {} }];
    const data = { what: 'stack', id: PLAN_ID, things: ['i-1'] };
    throws(() => teardown(ofPlan, { vpcs, instances }), coreFailure('plan.foreign', data));
  });

  it('is refused where ENIs of others need what the plan made in a VPC that stays', () => {
    const vpcs = smallRegion.vpcs.map((vpc) => ({ ...vpc, tags: {} }));
    const { vpcId, availabilityZone, mac, description } = eni;
    const bare = { vpcId, availabilityZone, mac, description, tags: {}, status: 'available' };
    const loose = {
      ...bare,
      id: 'eni-2',
      subnetId: eni.subnetId,
      groupIds: eni.groupIds,
      addresses: eni.addresses,
    };
    const enis = [
      eni,
      { ...loose, addresses: [], groupIds: [] },
      { ...loose, id: 'eni-3', subnetId: 'subnet-2', addresses: [] },
      { ...loose, id: 'eni-4', subnetId: 'subnet-2', groupIds: [] },
      { ...loose, id: 'eni-5', subnetId: 'subnet-2', groupIds: [], addresses: [] },
    ];
    const data = { what: 'stack', id: PLAN_ID, things: ['eni-2', 'eni-3', 'eni-4'] };
    throws(() => teardown(ofPlan, { vpcs, enis }), coreFailure('plan.foreign', data));
  });

  it('is refused where a service has an ENI in the VPC', () => {
    const nat = { ...eni, id: 'eni-2', addresses: [], managedBy: 'nat_gateway' };
    const data = { what: 'network interface', id: 'eni-2', by: 'nat_gateway' };
    for (const scope of [ofPlan, ofVpc]) {
      throws(() => teardown(scope, { enis: [eni, nat] }), coreFailure('plan.managed', data));
    }
  });

  it('touches neither terminated instances nor what EC2 makes with a VPC', () => {
    const dead = { ...instance, id: 'i-2', state: 'terminated' };
    const ids = teardown(ofVpc, { instances: [instance, dead] }).changes.map(({ id }) => id);
    equal(
      ids.some((id) => /i-2|sg-0|rtb-1/.test(id)),
      false,
    );
  });
});
