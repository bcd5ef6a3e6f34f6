import { deepEqual, equal, throws } from 'node:assert/strict';
import fc from 'fast-check';
import { formatAddress } from '../../../../../src/core/model/addresses.ts';
import type { ChangeInputs } from '../../../../../src/core/plan/changes.ts';
import type { ChangeKind, Plan } from '../../../../../src/core/plan/plan.ts';
import {
  type StackFacts,
  type StackSpec,
  checkStack,
  defaultStack,
  planStack,
} from '../../../../../src/core/plan/recipes/createStack.ts';
import { coreFailure } from '../../coreFailure.ts';

const identity = { id: 'p', createdAt: '2026-01-01T00:00:00Z' };
const facts: StackFacts = {
  region: 'us-east-1',
  imageId: 'ami-1',
  addressesPerInterface: 2,
  eipQuota: 5,
  eipsInUse: 0,
  keyNames: ['mine'],
};
const withKey = (key: StackSpec['instance']['key']): StackSpec => {
  const spec = defaultStack();
  return { ...spec, instance: { ...spec.instance, ...(key !== undefined && { key }) } };
};

function inputs<K extends ChangeKind>(plan: Plan, kind: K): readonly ChangeInputs[K][] {
  return plan.changes.flatMap((change) => (change.kind === kind ? [change.input as ChangeInputs[K]] : []));
}

describe('the plan of a stack', () => {
  it('has the values of the walk', () => {
    const plan = planStack(defaultStack(), facts, identity);
    deepEqual(inputs(plan, 'createVpc')[0]?.cidr, '192.168.1.0/24');
    deepEqual(
      inputs(plan, 'openPorts')[0]?.ports.map(({ fromPort, source }) => [fromPort, source]),
      [
        [22, '0.0.0.0/0'],
        [25, '0.0.0.0/0'],
        [80, '0.0.0.0/0'],
      ],
    );
    const [eni] = inputs(plan, 'createEni');
    deepEqual([eni?.primary, eni?.secondaries], ['192.168.1.100', ['192.168.1.101']]);
    deepEqual(
      inputs(plan, 'associateEip').map(({ allocationId, privateAddress }) => [allocationId, privateAddress]),
      [
        [{ ref: 'eip-1', output: 'allocationId' }, '192.168.1.100'],
        [{ ref: 'eip-2', output: 'allocationId' }, '192.168.1.101'],
      ],
    );
    equal(inputs(plan, 'launchInstance')[0]?.shutdownBehavior, 'stop');
  });

  it('is plain JSON', () => {
    const plan = planStack(withKey({ name: 'new', publicKey: 'ssh-ed25519 AAAA' }), facts, identity);
    deepEqual(JSON.parse(JSON.stringify(plan)), plan);
  });

  it('is in an order in which it could run one after another', () => {
    const done = new Set<string>();
    for (const { id, needs } of planStack(defaultStack(), facts, identity).changes) {
      equal(
        needs.every((need) => done.has(need)),
        true,
        id,
      );
      done.add(id);
    }
  });

  it('pairs only in a VPC whose gateway is attached, and launches only when all is paired', () => {
    const { changes } = planStack(defaultStack(), facts, identity);
    for (const change of changes) {
      if (change.kind === 'associateEip') equal(change.needs.includes('attach'), true);
      if (change.kind === 'launchInstance') deepEqual([...change.needs].sort(), ['eni', 'pair-1', 'pair-2']);
    }
  });

  it('imports a key that is given, and uses one that is there', () => {
    const imported = planStack(withKey({ name: 'new', publicKey: 'ssh-ed25519 AAAA\n' }), facts, identity);
    deepEqual(inputs(imported, 'importKeyPair'), [{ keyName: 'new', publicKey: 'ssh-ed25519 AAAA' }]);
    deepEqual(inputs(imported, 'launchInstance')[0]?.keyName, { ref: 'key', output: 'keyName' });
    const used = planStack(withKey({ name: 'mine' }), facts, identity);
    deepEqual(inputs(used, 'importKeyPair'), []);
    equal(inputs(used, 'launchInstance')[0]?.keyName, 'mine');
    equal(inputs(planStack(defaultStack(), facts, identity), 'launchInstance')[0]?.keyName, undefined);
  });

  it('gives any number of addresses that are good an EIP each, in order', () => {
    const usable = fc.integer({ min: 4, max: 254 }).map((last) => formatAddress(0xc0a80100 + last));
    const many = { ...facts, addressesPerInterface: 50, eipQuota: 100 };
    fc.assert(
      fc.property(
        fc.uniqueArray(usable, { minLength: 1, maxLength: 50 }),
        ([primary = '', ...secondaries]) => {
          const spec = defaultStack();
          const plan = planStack({ ...spec, eni: { ...spec.eni, primary, secondaries } }, many, identity);
          const paired = inputs(plan, 'associateEip').map(({ privateAddress }) => privateAddress);
          deepEqual(paired, [primary, ...secondaries]);
          equal(inputs(plan, 'allocateEip').length, paired.length);
        },
      ),
    );
  });

  it('is refused where the Region has no room for it', () => {
    const refused = (other: Partial<StackFacts>, failure: (error: unknown) => boolean) => {
      throws(() => planStack(defaultStack(), { ...facts, ...other }, identity), failure);
    };
    const tooMany = { instanceType: 't3.micro', wanted: 2, maximum: 1 };
    refused({ addressesPerInterface: 1 }, coreFailure('plan.tooManyAddresses', tooMany));
    refused({ eipsInUse: 4 }, coreFailure('plan.eipQuota', { quota: 5, inUse: 4, wanted: 2 }));
  });

  it('is refused where a name or a port is none', () => {
    const spec = defaultStack();
    const group = spec.securityGroup;
    const check = (securityGroup: StackSpec['securityGroup']) => () => {
      checkStack({ ...spec, securityGroup });
    };
    const noName = { field: 'securityGroup.name', value: ' ' };
    throws(check({ ...group, name: ' ' }), coreFailure('plan.badValue', noName));
    const ports = (fromPort: number, toPort: number, source = '0.0.0.0/0') =>
      check({ ...group, ports: [{ protocol: 'tcp', fromPort, toPort, source }] });
    const bad = (value: string) => coreFailure('plan.badValue', { field: 'securityGroup.ports', value });
    throws(ports(80, 79), bad('80-79'));
    throws(ports(-1, 79), bad('-1-79'));
    throws(ports(80, 65_536), bad('80-65536'));
    throws(ports(80, 80, 'anywhere'), coreFailure('cidr.invalid', { value: 'anywhere' }));
  });
});
