import { deepEqual, equal, rejects } from 'node:assert/strict';
import type { ErrorCode } from '../../../src/core/base/errors.ts';
import type { ErrorData } from '../../../src/core/errorCatalogue.ts';
import { prepareAddPairs, prepareStack, prepareTeardown } from '../../../src/core/plan/preflight.ts';
import type { AddPairsSpec } from '../../../src/core/plan/recipes/addPairs.ts';
import type { StackSpec } from '../../../src/core/plan/recipes/createStack.ts';
import { coreFailure } from '../../unit/core/coreFailure.ts';
import { type Region, applied, startRegion, walkStack } from './region.ts';

interface Bad<T> {
  readonly what: string;
  readonly change: (good: T) => T;
  readonly failure: (error: unknown) => boolean;
}

function bad<T, C extends ErrorCode>(
  what: string,
  code: C,
  data: ErrorData[C],
  change: (good: T) => T,
): Bad<T> {
  return { what, change, failure: coreFailure(code, data) };
}

const vpc = (cidr: string) => (good: StackSpec) => ({ ...good, vpc: { ...good.vpc, cidr } });
const subnet = (cidr: string) => (good: StackSpec) => ({ ...good, subnet: { ...good.subnet, cidr } });
const primary = (address: string) => (good: StackSpec) => ({
  ...good,
  eni: { ...good.eni, primary: address },
});
const secondaries = (addresses: readonly string[]) => (good: StackSpec) => ({
  ...good,
  eni: { ...good.eni, secondaries: addresses },
});
const instance = (other: Partial<StackSpec['instance']>) => (good: StackSpec) => ({
  ...good,
  instance: { ...good.instance, ...other },
});

const BEFORE_ANY_CALL: readonly Bad<StackSpec>[] = [
  bad('a range that is none', 'cidr.invalid', { value: '192.168.1.0' }, vpc('192.168.1.0')),
  bad(
    'a range with host bits',
    'cidr.hostBits',
    { value: '192.168.1.5/24', canonical: '192.168.1.0/24' },
    vpc('192.168.1.5/24'),
  ),
  bad('a range above /16', 'cidr.size', { value: '10.0.0.0/15', prefixLength: 15 }, vpc('10.0.0.0/15')),
  bad('a range below /28', 'cidr.size', { value: '10.0.0.0/29', prefixLength: 29 }, subnet('10.0.0.0/29')),
  bad(
    'a subnet outside its VPC',
    'cidr.outsideVpc',
    { subnet: '192.168.2.0/24', vpc: '192.168.1.0/24' },
    subnet('192.168.2.0/24'),
  ),
  bad('an address that is none', 'address.invalid', { value: '192.168.1' }, primary('192.168.1')),
  bad(
    'an address outside the subnet',
    'address.outsideSubnet',
    { address: '192.168.2.100', subnet: '192.168.1.0/24' },
    secondaries(['192.168.2.100']),
  ),
  bad(
    'a reserved address',
    'address.reserved',
    { address: '192.168.1.3', subnet: '192.168.1.0/24' },
    primary('192.168.1.3'),
  ),
  bad(
    'the last address',
    'address.reserved',
    { address: '192.168.1.255', subnet: '192.168.1.0/24' },
    secondaries(['192.168.1.255']),
  ),
  bad(
    'an address given twice',
    'address.twice',
    { address: '192.168.1.100' },
    secondaries(['192.168.1.100']),
  ),
];

const AFTER_READING: readonly Bad<StackSpec>[] = [
  bad(
    'more addresses than the type takes',
    'plan.tooManyAddresses',
    { instanceType: 't3.micro', wanted: 3, maximum: 2, smallest: 't3.small' },
    secondaries(['192.168.1.101', '192.168.1.102']),
  ),
  bad(
    'an unknown instance type',
    'plan.unknownInstanceType',
    { instanceType: 't3.tiny' },
    instance({ instanceType: 't3.tiny' }),
  ),
  bad(
    'an unknown image',
    'plan.notFound',
    { what: 'image', id: 'ami-00000000000000000' },
    instance({ image: { id: 'ami-00000000000000000' } }),
  ),
  bad(
    'no image of that name',
    'plan.notFound',
    { what: 'image', id: 'no-such-*' },
    instance({ image: { owner: '136693071363', name: 'no-such-*' } }),
  ),
  bad(
    'an unknown key pair',
    'plan.notFound',
    { what: 'key pair', id: 'nobody' },
    instance({ key: { name: 'nobody' } }),
  ),
];

describe('bad input for a stack', function () {
  this.timeout(300_000);
  let region: Region;

  before(async () => (region = await startRegion()));
  beforeEach(() => region.reset());
  after(() => region.stop());

  for (const { what, change, failure } of BEFORE_ANY_CALL) {
    it(`${what}: refused before any call`, async () => {
      await rejects(prepareStack(region.ec2, change(walkStack())), failure);
      deepEqual(region.proxy.calls(), []);
    });
  }

  for (const { what, change, failure } of AFTER_READING) {
    it(`${what}: refused before any change`, async () => {
      await rejects(prepareStack(region.ec2, change(walkStack())), failure);
      deepEqual(region.mutations(), []);
    });
  }

  it('more EIPs than are left: refused before any change', async () => {
    await region.ec2.allocateAddress({});
    await region.emulator.setQuota(2);
    region.proxy.clear();
    const failure = coreFailure('plan.eipQuota', { quota: 2, inUse: 1, wanted: 2 });
    await rejects(prepareStack(region.ec2, walkStack()), failure);
    deepEqual(region.mutations(), []);
  });

  it('a key pair name that is taken: refused before any change', async () => {
    const PublicKeyMaterial = new TextEncoder().encode(walkStack().instance.key?.publicKey);
    await region.ec2.importKeyPair({ KeyName: 'standalone', PublicKeyMaterial });
    region.proxy.clear();
    const failure = coreFailure('plan.nameTaken', { what: 'key pair', name: 'standalone' });
    await rejects(prepareStack(region.ec2, walkStack()), failure);
    deepEqual(region.mutations(), []);
  });
});

describe('bad input for further pairs', function () {
  this.timeout(300_000);
  let region: Region;
  let good: AddPairsSpec;
  let vpcId: string;

  before(async () => {
    region = await startRegion();
    const spec = walkStack();
    const plan = await prepareStack(region.ec2, {
      ...spec,
      instance: { ...spec.instance, instanceType: 't3.small' },
    });
    const outputs = await applied(region, plan);
    const networkInterfaceId = outputs.get('eni')?.['networkInterfaceId'] ?? '';
    vpcId = outputs.get('vpc')?.['vpcId'] ?? '';
    good = { networkInterfaceId, addresses: { count: 1 } };
  });
  beforeEach(() => {
    region.proxy.clear();
  });
  after(() => region.stop());

  const refused = async (change: Partial<AddPairsSpec>, failure: (error: unknown) => boolean) => {
    await rejects(prepareAddPairs(region.ec2, { ...good, ...change }), failure);
    deepEqual(region.mutations(), []);
  };
  const subnetCidr = '192.168.1.0/24';

  it('would be taken without it', async () => {
    equal((await prepareAddPairs(region.ec2, good)).changes.length, 3);
  });

  it('an ENI that is not there', () =>
    refused(
      { networkInterfaceId: 'eni-00000000000000000' },
      coreFailure('plan.notFound', { what: 'network interface', id: 'eni-00000000000000000' }),
    ));

  it('an address that is held, reserved, outside, twice or none', async () => {
    const by = good.networkInterfaceId;
    const explicit = (...addresses: string[]) => ({ addresses: { explicit: addresses } });
    const held = coreFailure('address.taken', { address: '192.168.1.101', by });
    await refused(explicit('192.168.1.101'), held);
    const reserved = { address: '192.168.1.1', subnet: subnetCidr };
    await refused(explicit('192.168.1.1'), coreFailure('address.reserved', reserved));
    const outside = { address: '10.0.0.9', subnet: subnetCidr };
    await refused(explicit('10.0.0.9'), coreFailure('address.outsideSubnet', outside));
    const twice = coreFailure('address.twice', { address: '192.168.1.9' });
    await refused(explicit('192.168.1.9', '192.168.1.9'), twice);
    await refused(explicit('x'), coreFailure('address.invalid', { value: 'x' }));
  });

  it('more than the type takes', () =>
    refused(
      { addresses: { count: 3 } },
      coreFailure('plan.tooManyAddresses', {
        instanceType: 't3.small',
        wanted: 5,
        maximum: 4,
        smallest: 't3.medium',
      }),
    ));

  it('more EIPs than are left', async () => {
    await region.emulator.setQuota(3);
    const failure = coreFailure('plan.eipQuota', { quota: 3, inUse: 2, wanted: 2 });
    await refused({ addresses: { count: 2 } }, failure);
    await region.emulator.setQuota(5);
  });

  it('no count at all', async () => {
    for (const count of [0, -1, 1.5]) {
      const failure = coreFailure('plan.badValue', { field: 'addresses', value: String(count) });
      await refused({ addresses: { count } }, failure);
    }
  });

  it('EIPs that are too few, the same twice, or not there', async () => {
    const missing = 'eipalloc-00000000000000000';
    const addresses = { count: 2 };
    const mismatch = coreFailure('plan.countMismatch', { addresses: 2, eips: 1 });
    await refused({ addresses, eips: [missing] }, mismatch);
    await refused({ addresses, eips: [missing, missing] }, mismatch);
    await refused({ eips: [missing] }, coreFailure('plan.notFound', { what: 'Elastic IP', id: missing }));
  });

  it('a VPC or a stack to tear down that is not there', async () => {
    const missing = 'vpc-00000000000000000';
    await rejects(
      prepareTeardown(region.ec2, { vpcId: missing }),
      coreFailure('plan.notFound', { what: 'VPC', id: missing }),
    );
    await rejects(
      prepareTeardown(region.ec2, { planId: 'none' }),
      coreFailure('plan.notFound', { what: 'stack', id: 'none' }),
    );
    deepEqual(region.mutations(), []);
  });

  it('a VPC without a gateway', async () => {
    const [gateway] = (await region.emulator.state()).InternetGateways;
    const eips = (await region.emulator.state()).Addresses;
    for (const { AssociationId } of eips) await region.ec2.disassociateAddress({ AssociationId });
    const InternetGatewayId = gateway?.InternetGatewayId;
    await region.ec2.detachInternetGateway({ InternetGatewayId, VpcId: vpcId });
    region.proxy.clear();
    await refused({}, coreFailure('plan.noGateway', { vpcId }));
  });
});
