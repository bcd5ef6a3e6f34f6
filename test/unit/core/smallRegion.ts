import type { Eip, Eni, Instance, Inventory } from '../../../src/core/model/network.ts';
import { PLAN_TAG } from '../../../src/core/plan/changes/tags.ts';

/** The plan that made what is in the small Region. */
export const PLAN_ID = 'plan-1';
const tags = { [PLAN_TAG]: PLAN_ID, Name: 'standalone' };

/** An ENI with a pair on its primary address and a bare secondary one, on the instance. */
export const eni: Eni = {
  id: 'eni-1',
  vpcId: 'vpc-1',
  subnetId: 'subnet-1',
  availabilityZone: 'us-east-1a',
  mac: '02:00:00:00:00:01',
  description: 'ENI-01',
  status: 'in-use',
  groupIds: ['sg-1'],
  attachment: { id: 'eni-attach-1', instanceId: 'i-1', deviceIndex: 0, deleteOnTermination: false },
  addresses: [
    {
      address: '192.168.1.100',
      primary: true,
      association: { associationId: 'eipassoc-1', allocationId: 'eipalloc-1', publicIp: '198.51.100.1' },
    },
    { address: '192.168.1.101', primary: false },
  ],
  tags,
};

/** The EIP of the ENI's primary address. */
export const eip: Eip = {
  allocationId: 'eipalloc-1',
  publicIp: '198.51.100.1',
  association: {
    associationId: 'eipassoc-1',
    networkInterfaceId: 'eni-1',
    privateAddress: '192.168.1.100',
    instanceId: 'i-1',
  },
  tags,
};

/** An EIP that no plan allocated and nothing uses. */
export const idleEip: Eip = { allocationId: 'eipalloc-2', publicIp: '198.51.100.2', tags: {} };

/** The instance on the ENI. */
export const instance: Instance = {
  id: 'i-1',
  state: 'running',
  type: 't3.small',
  imageId: 'ami-1',
  keyName: 'standalone',
  vpcId: 'vpc-1',
  subnetId: 'subnet-1',
  eniIds: ['eni-1'],
  tags,
};

/** One VPC of one plan with all that belongs to it, and one idle EIP of somebody else's. */
export const smallRegion: Inventory = {
  region: 'us-east-1',
  takenAt: '2026-01-01T00:00:00.000Z',
  vpcs: [{ id: 'vpc-1', cidrs: ['192.168.1.0/24'], isDefault: false, tags }],
  subnets: [
    {
      id: 'subnet-1',
      vpcId: 'vpc-1',
      cidr: '192.168.1.0/24',
      availabilityZone: 'us-east-1a',
      freeAddresses: 249,
      tags,
    },
  ],
  internetGateways: [{ id: 'igw-1', vpcIds: ['vpc-1'], tags }],
  routeTables: [
    {
      id: 'rtb-1',
      vpcId: 'vpc-1',
      isMain: true,
      associations: [],
      routes: [
        { destination: '192.168.1.0/24', target: 'local', state: 'active' },
        { destination: '0.0.0.0/0', target: 'igw-1', state: 'active' },
      ],
      tags: {},
    },
  ],
  securityGroups: [
    { id: 'sg-0', vpcId: 'vpc-1', name: 'default', description: '', ingress: [], egress: [], tags: {} },
    { id: 'sg-1', vpcId: 'vpc-1', name: 'vpc_standalone', description: '', ingress: [], egress: [], tags },
  ],
  enis: [eni],
  eips: [eip, idleEip],
  instances: [instance],
  keyPairs: [{ id: 'key-1', name: 'standalone', tags }],
};
