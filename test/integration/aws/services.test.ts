import { deepEqual, rejects } from 'node:assert/strict';
import { readInventory } from '../../../src/core/aws/inventory.ts';
import { indexInventory } from '../../../src/core/model/inventoryIndex.ts';
import type { Eip, Eni } from '../../../src/core/model/network.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import {
  prepareAddPairs,
  preparePair,
  prepareStack,
  prepareTeardown,
  prepareUnpair,
} from '../../../src/core/plan/preflight.ts';
import {
  prepareLaunch,
  prepareMove,
  prepareReleaseEips,
  prepareRemovePairs,
  prepareReverseDns,
} from '../../../src/core/plan/preparations.ts';
import { foreignThings } from '../../../src/core/plan/recipes/teardownSelection.ts';
import { debianImage } from '../../lab/emulator/emulator.ts';
import { makeLoadBalancer, makeNatGateway } from '../../lab/testing/services.ts';
import { coreFailure } from '../../unit/core/coreFailure.ts';
import { type Region, applied, startRegion, walkStack } from './region.ts';
import { stateShape } from './stateShape.ts';

describe('NAT gateways and load balancers', function () {
  this.timeout(120_000);
  let region: Region;
  let vpcId: string;
  let subnetId: string;
  let untouched: readonly string[];
  let natGateway: { readonly eni: Eni; readonly eip: Eip };
  let balancer: { readonly eni: Eni; readonly eip: Eip };
  let application: Eni;

  const read = async () => indexInventory(await readInventory(region.ec2));
  const shape = async () => stateShape(await region.emulator.state());
  const eipOn = async (): Promise<string> => (await region.ec2.allocateAddress({})).AllocationId ?? '';
  const there = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('it is not there');
    return value;
  };

  before(async () => {
    region = await startRegion();
    await region.emulator.setQuota(10);
    const made = await applied(region, await prepareStack(region.ec2, wide));
    vpcId = made.get('vpc')?.['vpcId'] ?? '';
    subnetId = made.get('subnet')?.['subnetId'] ?? '';
    const [natEip, balancerEip] = [await eipOn(), await eipOn()];
    const { endpoint } = region.emulator;
    await makeNatGateway(endpoint, subnetId, natEip);
    await makeLoadBalancer(endpoint, 'fast', subnetId, balancerEip);
    await makeLoadBalancer(endpoint, 'front', subnetId);
    const { eips, enis, inventory } = await read();
    const place = (allocationId: string) => {
      const eip = there(eips.get(allocationId));
      return { eip, eni: there(enis.get(eip.association?.networkInterfaceId ?? '')) };
    };
    natGateway = place(natEip);
    balancer = place(balancerEip);
    application = there(inventory.enis.find(({ description }) => description.startsWith('ELB app/front/')));
    untouched = await shape();
  });
  beforeEach(() => {
    region.proxy.clear();
  });
  after(() => region.stop());

  it('are shown, with who manages them', () => {
    deepEqual(
      [natGateway.eni, balancer.eni, application].map(({ managedBy }) => managedBy),
      ['nat_gateway', 'network_load_balancer', 'amazon-elb'],
    );
    deepEqual(
      [natGateway.eip, balancer.eip].map(({ managedBy }) => managedBy),
      ['nat_gateway', 'network_load_balancer'],
    );
  });

  const refused = async (work: Promise<Plan>, { id, by }: { id: string; by: string }, what: string) => {
    await rejects(work, coreFailure('plan.managed', { what, id, by }));
    deepEqual(region.mutations(), []);
  };

  it('keep their interfaces from every recipe', async () => {
    const { ec2 } = region;
    for (const eni of [natGateway.eni, balancer.eni, application]) {
      const networkInterfaceId = eni.id;
      const place = { networkInterfaceId, privateAddress: eni.addresses[0]?.address ?? '' };
      const about = { id: eni.id, by: eni.managedBy ?? '' };
      const attempts = [
        () => prepareAddPairs(ec2, { networkInterfaceId, addresses: { count: 1 } }),
        () => preparePair(ec2, place),
        () => prepareUnpair(ec2, { ...place, eip: 'release', address: 'keep' }),
        () => prepareRemovePairs(ec2, { places: [place], eip: 'release' }),
        () => prepareLaunch(ec2, { ...machine, on: { networkInterfaceId } }),
      ];
      for (const attempt of attempts) await refused(attempt(), about, 'network interface');
    }
  });

  it('keep their Elastic IPs from every recipe', async () => {
    const { ec2 } = region;
    for (const { eip } of [natGateway, balancer]) {
      const { allocationId } = eip;
      const about = { id: allocationId, by: eip.managedBy ?? '' };
      const own = (await read()).inventory.enis.find(({ managedBy }) => managedBy === undefined);
      const to = { networkInterfaceId: own?.id ?? '', privateAddress: own?.addresses[0]?.address ?? '' };
      const attempts = [
        () => prepareReleaseEips(ec2, { allocationIds: [allocationId] }),
        () => prepareMove(ec2, { allocationId, to }),
        () => prepareReverseDns(ec2, { allocationId, domainName: 'mail.example.com' }),
      ];
      for (const attempt of attempts) await refused(attempt(), about, 'Elastic IP');
    }
  });

  it('keep their VPC from being torn down, named or not', async () => {
    const named = foreignThings(vpcId, await read()).map(({ id }) => id);
    for (const scope of [{ vpcId }, { vpcId, named }]) {
      await rejects(prepareTeardown(region.ec2, scope), { code: 'plan.managed' });
    }
    deepEqual(region.mutations(), []);
  });

  it('are left alone by a stack beside them, and by its teardown', async () => {
    const spec = walkStack();
    const plan = await prepareStack(region.ec2, {
      ...spec,
      inside: { vpcId },
      subnet: { ...spec.subnet, cidr: '192.168.2.0/24' },
      securityGroup: { ...spec.securityGroup, name: 'second' },
      eni: { ...spec.eni, primary: '192.168.2.100', secondaries: ['192.168.2.101'] },
      instance: { ...spec.instance, key: { name: 'standalone' } },
    });
    await applied(region, plan);
    await applied(region, await prepareTeardown(region.ec2, { planId: plan.id }));
    const living = (lines: readonly string[]) => lines.filter((line) => !line.startsWith('Instances '));
    deepEqual(living(await shape()), living(untouched));
  });
});

/** With room for another subnet. */
const wide = { ...walkStack(), vpc: { name: 'standalone', cidr: '192.168.0.0/16' } };
const machine = {
  imageId: debianImage,
  instanceType: 't3.small',
  shutdownBehavior: 'stop',
  name: 'x',
} as const;
