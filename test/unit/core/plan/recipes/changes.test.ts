import { deepEqual, equal, throws } from 'node:assert/strict';
import { indexInventory } from '../../../../../src/core/model/inventoryIndex.ts';
import type { Eni, Inventory } from '../../../../../src/core/model/network.ts';
import { planAttachEni } from '../../../../../src/core/plan/recipes/attachEni.ts';
import type { KeyChoice } from '../../../../../src/core/plan/recipes/keyPair.ts';
import { planLaunch } from '../../../../../src/core/plan/recipes/launch.ts';
import { planMove } from '../../../../../src/core/plan/recipes/moveEip.ts';
import { planReleaseEips } from '../../../../../src/core/plan/recipes/releaseEips.ts';
import { planReverseDns } from '../../../../../src/core/plan/recipes/reverseDns.ts';
import { planTeardown } from '../../../../../src/core/plan/recipes/teardown.ts';
import { coreFailure } from '../../coreFailure.ts';
import { eip, eni, idleEip, instance, smallRegion } from '../../smallRegion.ts';

const identity = { id: 'p', createdAt: '2026-01-01T00:00:00Z' };
const index = indexInventory(smallRegion);
const but = (other: Partial<Inventory>) => indexInventory({ ...smallRegion, ...other });
const names = new Map<string, string>();
const type = { instanceType: 't3.small', interfaces: 3, addressesPerInterface: 4 };
const to = { networkInterfaceId: 'eni-1', privateAddress: '192.168.1.101' };
const loose: Eni = { ...eni };
delete (loose as { attachment?: unknown }).attachment;
const ready: Eni = {
  ...loose,
  id: 'eni-2',
  status: 'available',
  addresses: [{ address: '192.168.1.9', primary: true }],
};

const move = (region = index, allocationId = 'eipalloc-1', place = to) =>
  planMove({ allocationId, to: place }, region, identity);
const release = (region = index, allocationIds = ['eipalloc-2'], reverse: typeof names = names) =>
  planReleaseEips({ allocationIds }, region, reverse, identity);
const name = (domainName?: string, reverse: typeof names = names, region = index) =>
  planReverseDns(
    { allocationId: 'eipalloc-1', ...(domainName !== undefined && { domainName }) },
    region,
    reverse,
    identity,
  );
const attach = (region = index, addresses: { count: number } = { count: 2 }, room = type) =>
  planAttachEni(
    { instanceId: 'i-1', subnetId: 'subnet-1', groupIds: ['sg-1'], name: 'n', addresses },
    region,
    room,
    identity,
  );
const launch = (
  on: Parameters<typeof planLaunch>[0]['on'],
  region = index,
  key: KeyChoice = { name: 'standalone' },
) =>
  planLaunch(
    { on, imageId: 'ami-1', instanceType: 't3.small', key, shutdownBehavior: 'stop', name: 'n' },
    region,
    type,
    identity,
  );
const fresh = { subnetId: 'subnet-1', groupIds: ['sg-1'], addresses: { count: 2 } };
const kinds = ({ changes }: ReturnType<typeof move>) => changes.map(({ kind }) => kind);

describe('the recipe that moves an EIP', () => {
  it('says from where to where', () => {
    const from = { networkInterfaceId: 'eni-1', privateAddress: '192.168.1.100' };
    deepEqual(
      move().changes.map(({ kind, input }) => [kind, input]),
      [['moveEip', { allocationId: 'eipalloc-1', publicIp: '198.51.100.1', from, to }]],
    );
  });

  it('pushes no other EIP out, and moves none that is nowhere', () => {
    const taken = { ...to, privateAddress: '192.168.1.100' };
    throws(() => move(index, 'eipalloc-1', taken), { code: 'plan.alreadyPaired' });
    throws(() => move(index, 'eipalloc-2'), { code: 'plan.notFound' });
    throws(() => move(but({ internetGateways: [] })), coreFailure('plan.noGateway', { vpcId: 'vpc-1' }));
  });
});

describe('the recipe that releases idle EIPs', () => {
  it('clears a PTR record first, and takes each once', () => {
    const plan = release(index, ['eipalloc-2', 'eipalloc-2'], new Map([['eipalloc-2', 'a.example.']]));
    deepEqual(kinds(plan), ['clearReverseDns', 'releaseEip']);
    deepEqual(plan.changes[1]?.needs, ['clear-ptr-eipalloc-2']);
  });

  it('takes none that is in use', () => {
    const failure = coreFailure('plan.inUse', { what: 'Elastic IP', id: '198.51.100.1' });
    throws(() => release(index, ['eipalloc-2', 'eipalloc-1']), failure);
  });
});

describe('the recipe of reverse DNS', () => {
  const set = new Map([['eipalloc-1', 'a.example.com.']]);

  it('changes only what is not so already', () => {
    deepEqual(kinds(name('a.example.com')), ['setReverseDns']);
    deepEqual(kinds(name(undefined, set)), ['clearReverseDns']);
    equal(name('A.example.com', set).changes.length, 0);
    equal(name().changes.length, 0);
  });

  it('knows what it replaces, and takes names alone', () => {
    deepEqual(
      name('b.example.com', set).changes.map(({ input }) => 'previous' in input && input.previous),
      ['a.example.com.'],
    );
    for (const bad of ['', 'x', 'a b.com', '-a.com', '198.51.100.1', `${'a'.repeat(64)}.com`]) {
      throws(() => name(bad), coreFailure('plan.badValue', { field: 'domainName', value: bad }), bad);
    }
  });
});

describe('the recipe of a further ENI', () => {
  it('makes it with free addresses and plugs it in at the next index', () => {
    const plan = attach();
    deepEqual(kinds(plan), ['createEni', 'attachEni']);
    deepEqual(plan.changes[1]?.input, {
      networkInterfaceId: { ref: 'eni', output: 'networkInterfaceId' },
      instanceId: 'i-1',
      deviceIndex: 1,
    });
  });

  it('needs room, the same zone, and an instance that is there', () => {
    throws(
      () => attach(index, { count: 1 }, { ...type, interfaces: 1 }),
      coreFailure('plan.tooManyEnis', { instanceType: 't3.small', maximum: 1 }),
    );
    throws(() => attach(index, { count: 5 }), { code: 'plan.tooManyAddresses' });
    throws(() => attach(index, { count: 0 }), { code: 'plan.badValue' });
    const subnets = smallRegion.subnets.map((subnet) => ({ ...subnet, availabilityZone: 'us-east-1b' }));
    throws(
      () => attach(but({ subnets })),
      coreFailure('plan.otherZone', { zone: 'us-east-1a', other: 'us-east-1b' }),
    );
    throws(() => attach(but({ instances: [{ ...instance, state: 'terminated' }] })), {
      code: 'plan.notFound',
    });
  });
});

describe('the recipe of a launch', () => {
  it('uses a ready ENI, or has the launch make one', () => {
    const region = but({ enis: [eni, ready] });
    deepEqual(kinds(launch({ networkInterfaceId: 'eni-2' }, region)), ['launchInstance']);
    const [made] = launch(fresh).changes;
    equal(made?.kind, 'launchWithEni');
    deepEqual(made.input.addresses, { secondaryCount: 1 });
    const explicit = ['192.168.1.9', '192.168.1.8'];
    const [chosen] = launch({ ...fresh, addresses: { explicit } }).changes;
    deepEqual(chosen?.kind === 'launchWithEni' && chosen.input.addresses, { explicit });
  });

  it('imports a key that is given, as a change before the launch', () => {
    const region = but({ enis: [eni, ready] });
    for (const on of [fresh, { networkInterfaceId: 'eni-2' }]) {
      const [imported, launched] = launch(on, region, {
        name: 'new',
        publicKey: 'ssh-ed25519 AAAA\n',
      }).changes;
      equal(imported?.kind, 'importKeyPair');
      deepEqual(imported.input, { keyName: 'new', publicKey: 'ssh-ed25519 AAAA' });
      deepEqual(launched?.needs, ['key']);
      deepEqual('keyName' in launched.input && launched.input.keyName, { ref: 'key', output: 'keyName' });
    }
  });

  it('takes no ENI that is in use, no group of another VPC, no key that is not there', () => {
    throws(() => launch({ networkInterfaceId: 'eni-1' }), { code: 'plan.inUse' });
    throws(() => launch({ ...fresh, groupIds: ['sg-9'] }), { code: 'plan.notFound' });
    throws(() => launch(fresh, index, { name: 'nobody' }), { code: 'plan.notFound' });
    const taken = { name: 'standalone', publicKey: 'ssh-ed25519 AAAA' };
    throws(() => launch(fresh, index, taken), { code: 'plan.nameTaken' });
    throws(() => launch({ ...fresh, addresses: { explicit: ['192.168.1.100'] } }), { code: 'address.taken' });
  });
});

describe('every recipe', () => {
  const by = 'amazon-elb';
  const managedEni = (id: string) => coreFailure('plan.managed', { what: 'network interface', id, by });
  const managedEip = (id: string) => coreFailure('plan.managed', { what: 'Elastic IP', id, by });

  it('refuses ENIs that a service manages', () => {
    const region = but({
      enis: [
        { ...eni, managedBy: by },
        { ...ready, managedBy: by },
      ],
    });
    throws(() => move(region), managedEni('eni-1'));
    throws(() => attach(region), managedEni('eni-1'));
    throws(() => launch({ networkInterfaceId: 'eni-2' }, region), managedEni('eni-2'));
    throws(() => planTeardown({ vpcId: 'vpc-1' }, region, names, identity), managedEni('eni-1'));
  });

  it('refuses EIPs that a service manages', () => {
    const region = but({
      eips: [
        { ...eip, managedBy: by },
        { ...idleEip, managedBy: by },
      ],
    });
    throws(() => move(region), managedEip('eipalloc-1'));
    throws(() => release(region), managedEip('eipalloc-2'));
    throws(() => name('a.example.com', names, region), managedEip('eipalloc-1'));
    throws(() => planTeardown({ vpcId: 'vpc-1' }, region, names, identity), managedEip('eipalloc-1'));
  });
});
