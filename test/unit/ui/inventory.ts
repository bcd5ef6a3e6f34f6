import { indexInventory } from '../../../src/core/model/inventoryIndex.ts';
import type { InventoryIndex } from '../../../src/core/model/inventoryIndex.ts';
import type { Eni, Inventory } from '../../../src/core/model/network.ts';

const eni: Eni = {
  id: 'eni-1',
  vpcId: 'vpc-1',
  subnetId: 'subnet-1',
  availabilityZone: 'eu-central-1a',
  mac: '02:00:00:00:00:01',
  description: 'ENI-01 for standalone',
  status: 'in-use',
  groupIds: ['sg-1'],
  attachment: { id: 'attach-1', instanceId: 'i-1', deviceIndex: 0, deleteOnTermination: false },
  addresses: [
    {
      address: '192.168.1.100',
      primary: true,
      association: { associationId: 'assoc-1', allocationId: 'alloc-1', publicIp: '198.51.100.10' },
    },
    { address: '192.168.1.101', primary: false },
  ],
  tags: {},
};

/** The walk's stack with its secondary address not paired yet, and an idle EIP. */
export const walk: Inventory = {
  region: 'eu-central-1',
  takenAt: '2024-05-06T07:08:09.000Z',
  vpcs: [
    { id: 'vpc-0', cidrs: ['172.31.0.0/16'], isDefault: true, tags: {} },
    {
      id: 'vpc-1',
      cidrs: ['192.168.1.0/24'],
      isDefault: false,
      tags: { Name: 'standalone', 'ec2-multi-ip:plan': 'plan-1' },
    },
  ],
  subnets: [
    {
      id: 'subnet-1',
      vpcId: 'vpc-1',
      cidr: '192.168.1.0/24',
      availabilityZone: 'eu-central-1a',
      freeAddresses: 249,
      tags: {},
    },
  ],
  internetGateways: [],
  routeTables: [],
  securityGroups: [],
  enis: [eni],
  eips: [
    {
      allocationId: 'alloc-1',
      publicIp: '198.51.100.10',
      association: {
        associationId: 'assoc-1',
        networkInterfaceId: 'eni-1',
        privateAddress: '192.168.1.100',
        instanceId: 'i-1',
      },
      tags: {},
    },
    { allocationId: 'alloc-2', publicIp: '198.51.100.9', tags: {} },
  ],
  instances: [
    { id: 'i-1', state: 'running', type: 't3.micro', imageId: 'ami-1', eniIds: ['eni-1'], tags: {} },
  ],
  keyPairs: [],
};

/** The walk's index, with some of it changed. */
export function indexOf(change: Partial<Inventory> = {}): InventoryIndex {
  return indexInventory({ ...walk, ...change });
}

/** The walk's ENI, with some of it changed. */
export function eniWith(change: Partial<Eni>): Eni {
  return { ...eni, ...change };
}
