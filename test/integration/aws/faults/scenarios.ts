import { readInventory } from '../../../../src/core/aws/inventory.ts';
import { type InventoryIndex, indexInventory } from '../../../../src/core/model/inventoryIndex.ts';
import type { Plan } from '../../../../src/core/plan/plan.ts';
import {
  prepareAddPairs,
  preparePair,
  prepareStack,
  prepareTeardown,
  prepareUnpair,
} from '../../../../src/core/plan/preflight.ts';
import {
  prepareAttachEni,
  prepareLaunch,
  prepareMove,
  prepareReleaseEips,
  prepareRemovePairs,
  prepareReverseDns,
} from '../../../../src/core/plan/preparations.ts';
import { debianImage } from '../../../lab/emulator/emulator.ts';
import { type Region, applied, walkStack } from '../region.ts';

/** One use of a recipe: makes what must be there first, and plans. */
export interface Scenario {
  readonly name: string;
  readonly plan: (region: Region) => Promise<Plan>;
}

const FIRST = '192.168.1.100';
const SECOND = '192.168.1.101';
const DOMAIN = 'mail.example.com';

/** In one Availability Zone, so that two runs come out the same. */
function stackSpec(): ReturnType<typeof walkStack> {
  const spec = walkStack();
  const instance = { ...spec.instance, instanceType: 't3.small' };
  return { ...spec, instance, subnet: { ...spec.subnet, availabilityZone: 'us-east-1a' } };
}

interface Stack {
  readonly id: string;
  readonly eni: string;
  readonly instance: string;
  readonly subnet: string;
  readonly group: string;
  readonly index: InventoryIndex;
}

async function stackIn(region: Region): Promise<Stack> {
  const plan = await prepareStack(region.ec2, stackSpec());
  const made = await applied(region, plan);
  const idOf = (change: string, name: string): string => made.get(change)?.[name] ?? '';
  return {
    id: plan.id,
    eni: idOf('eni', 'networkInterfaceId'),
    instance: idOf('instance', 'instanceId'),
    subnet: idOf('subnet', 'subnetId'),
    group: idOf('group', 'groupId'),
    index: indexInventory(await readInventory(region.ec2)),
  };
}

function eipAt({ index, eni }: Stack, address: string): string {
  return index.pairsOfEni(eni).find((pair) => pair.address.address === address)?.eip?.allocationId ?? '';
}

async function unpaired(region: Region, { eni }: Stack, eip: 'keep' | 'release'): Promise<void> {
  const spec = { networkInterfaceId: eni, privateAddress: SECOND, eip, address: 'keep' } as const;
  await applied(region, await prepareUnpair(region.ec2, spec));
}

async function named(region: Region, AllocationId: string): Promise<void> {
  await region.ec2.modifyAddressAttribute({ AllocationId, DomainName: DOMAIN });
}

/** Every recipe that changes AWS. */
export const SCENARIOS: readonly Scenario[] = [
  { name: 'createStack', plan: ({ ec2 }) => prepareStack(ec2, stackSpec()) },
  {
    name: 'addPairs',
    plan: async (region) => {
      const { eni } = await stackIn(region);
      return prepareAddPairs(region.ec2, { networkInterfaceId: eni, addresses: { count: 2 } });
    },
  },
  {
    name: 'pair (new EIP)',
    plan: async (region) => {
      const stack = await stackIn(region);
      await unpaired(region, stack, 'release');
      return preparePair(region.ec2, { networkInterfaceId: stack.eni, privateAddress: SECOND });
    },
  },
  {
    name: 'pair (idle EIP)',
    plan: async (region) => {
      const stack = await stackIn(region);
      await unpaired(region, stack, 'keep');
      const allocationId = eipAt(stack, SECOND);
      return preparePair(region.ec2, { networkInterfaceId: stack.eni, privateAddress: SECOND, allocationId });
    },
  },
  {
    name: 'unpair',
    plan: async (region) => {
      const stack = await stackIn(region);
      await named(region, eipAt(stack, SECOND));
      const spec = { networkInterfaceId: stack.eni, privateAddress: SECOND } as const;
      return prepareUnpair(region.ec2, { ...spec, eip: 'release', address: 'remove' });
    },
  },
  {
    name: 'removePairs',
    plan: async (region) => {
      const { eni } = await stackIn(region);
      const places = [{ networkInterfaceId: eni, privateAddress: SECOND }];
      return prepareRemovePairs(region.ec2, { places, eip: 'release' });
    },
  },
  {
    name: 'moveEip',
    plan: async (region) => {
      const stack = await stackIn(region);
      await unpaired(region, stack, 'keep');
      const to = { networkInterfaceId: stack.eni, privateAddress: SECOND };
      return prepareMove(region.ec2, { allocationId: eipAt(stack, FIRST), to });
    },
  },
  {
    name: 'releaseEips',
    plan: async (region) => {
      const stack = await stackIn(region);
      await named(region, eipAt(stack, SECOND));
      await unpaired(region, stack, 'keep');
      return prepareReleaseEips(region.ec2, { allocationIds: [eipAt(stack, SECOND)] });
    },
  },
  {
    name: 'attachEni',
    plan: async (region) => {
      const { instance, subnet, group } = await stackIn(region);
      const place = { subnetId: subnet, groupIds: [group], addresses: { explicit: ['192.168.1.50'] } };
      return prepareAttachEni(region.ec2, { ...place, instanceId: instance, name: 'second' });
    },
  },
  {
    name: 'launch',
    plan: async (region) => {
      const { subnet, group } = await stackIn(region);
      return prepareLaunch(region.ec2, {
        on: {
          subnetId: subnet,
          groupIds: [group],
          addresses: { explicit: ['192.168.1.50', '192.168.1.51'] },
        },
        imageId: debianImage,
        instanceType: 't3.micro',
        shutdownBehavior: 'stop',
        name: 'second',
      });
    },
  },
  {
    name: 'reverseDns',
    plan: async (region) => {
      const allocationId = eipAt(await stackIn(region), FIRST);
      return prepareReverseDns(region.ec2, { allocationId, domainName: DOMAIN });
    },
  },
  {
    name: 'teardown',
    plan: async (region) => {
      const stack = await stackIn(region);
      await named(region, eipAt(stack, SECOND));
      return prepareTeardown(region.ec2, { planId: stack.id });
    },
  },
];
