import type { CloudState, NetworkInterface } from '../../lab/cloud/state.ts';

const anywhere = '0.0.0.0/0';
const acl = (egress: boolean, ruleNumber: number, ruleAction: string) => ({
  ruleNumber,
  egress,
  protocol: '-1',
  ruleAction,
  cidrBlock: anywhere,
});

/** The walk's ENI, as the control plane may list it: the primary address last. */
export const walkInterface: NetworkInterface = {
  networkInterfaceId: 'eni-000000000000000a1',
  vpcId: 'vpc-1',
  subnetId: 'subnet-1',
  macAddress: '02:00:00:00:00:01',
  sourceDestCheck: true,
  groupIds: ['sg-1'],
  privateIpAddresses: [
    { privateIpAddress: '192.168.1.101', primary: false, publicIp: '198.51.100.11' },
    { privateIpAddress: '192.168.1.100', primary: true, publicIp: '198.51.100.10' },
  ],
  attachment: { instanceId: 'i-1', deviceIndex: 0 },
};

/** A control plane that holds the walk's stack, with its instance running. */
export const walk: CloudState = {
  version: 1,
  vpcs: [{ vpcId: 'vpc-1', cidrBlocks: ['192.168.1.0/24'] }],
  subnets: [{ subnetId: 'subnet-1', vpcId: 'vpc-1', cidrBlock: '192.168.1.0/24' }],
  internetGateways: [{ internetGatewayId: 'igw-1', attachments: ['vpc-1'] }],
  routeTables: [
    {
      routeTableId: 'rtb-1',
      vpcId: 'vpc-1',
      main: true,
      subnetIds: [],
      routes: [
        { destinationCidrBlock: '192.168.1.0/24', target: 'local', state: 'active' },
        { destinationCidrBlock: anywhere, target: 'igw-1', state: 'active' },
      ],
    },
  ],
  networkAcls: [
    {
      networkAclId: 'acl-1',
      vpcId: 'vpc-1',
      isDefault: true,
      subnetIds: ['subnet-1'],
      // In the order in which EC2 may list them, which is not that in which they decide.
      entries: [
        acl(false, 32767, 'deny'),
        acl(false, 100, 'allow'),
        acl(true, 32767, 'deny'),
        acl(true, 100, 'allow'),
      ],
    },
  ],
  securityGroups: [
    {
      groupId: 'sg-1',
      vpcId: 'vpc-1',
      ipPermissions: [{ ipProtocol: 'tcp', fromPort: 22, toPort: 22, cidrBlocks: [anywhere], groupIds: [] }],
      ipPermissionsEgress: [{ ipProtocol: '-1', cidrBlocks: [anywhere], groupIds: [] }],
    },
  ],
  networkInterfaces: [walkInterface],
  instances: [{ instanceId: 'i-1', imageId: 'ami-1', state: 'running', reboots: 0, keyName: 'key' }],
  keyPairs: [{ keyName: 'key', publicKey: 'ssh-ed25519 AAAA test' }],
};
