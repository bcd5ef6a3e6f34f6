import {
  AllocateAddressCommand,
  AssignPrivateIpAddressesCommand,
  AssociateAddressCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateNetworkInterfaceCommand,
  CreateRouteCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
  ImportKeyPairCommand,
  RunInstancesCommand,
  type EC2Client,
  type _InstanceType,
} from '@aws-sdk/client-ec2';
import { debianImage } from '../emulator/emulator.ts';

/** The walk's stack: what rows 1 to 9 of it make by hand. */
export interface Stack {
  readonly vpcId: string;
  readonly subnetId: string;
  readonly gatewayId: string;
  readonly routeTableId: string;
  readonly networkAclId: string;
  readonly groupId: string;
  readonly eniId: string;
  readonly instanceId: string;
  readonly keyName: string;
  readonly pairs: readonly [Pair, Pair];
}

/** A private address and the Elastic IP associated with it. */
export interface Pair {
  readonly privateAddress: string;
  readonly publicAddress: string;
  readonly allocationId: string;
  readonly associationId: string;
}

/** Makes the walk's stack, call by call, with the walk's own values. */
export async function makeStack(
  ec2: EC2Client,
  publicKey: string,
  imageId = debianImage,
  instanceType: _InstanceType = 't3.micro',
): Promise<Stack> {
  const keyName = `key-${Date.now()}`;
  await ec2.send(new ImportKeyPairCommand({ KeyName: keyName, PublicKeyMaterial: Buffer.from(publicKey) }));
  const network = await makeNetwork(ec2);
  const eniId = await makeInterface(ec2, network.subnetId, network.groupId, '192.168.1.100');
  await ec2.send(
    new AssignPrivateIpAddressesCommand({ NetworkInterfaceId: eniId, PrivateIpAddresses: ['192.168.1.101'] }),
  );
  const pairs = [
    await makePair(ec2, eniId, '192.168.1.100'),
    await makePair(ec2, eniId, '192.168.1.101'),
  ] as const;
  const instanceId = await launch(ec2, eniId, keyName, { imageId, instanceType });
  return { ...network, eniId, instanceId, keyName, pairs };
}

/** Launches an image, Debian by default, on an ENI that is there already. */
export async function launch(
  ec2: EC2Client,
  eniId: string,
  keyName: string,
  options: { readonly imageId: string; readonly instanceType: _InstanceType } = {
    imageId: debianImage,
    instanceType: 't3.micro',
  },
): Promise<string> {
  const launched = await ec2.send(
    new RunInstancesCommand({
      ImageId: options.imageId,
      InstanceType: options.instanceType,
      KeyName: keyName,
      MinCount: 1,
      MaxCount: 1,
      InstanceInitiatedShutdownBehavior: 'stop',
      NetworkInterfaces: [{ DeviceIndex: 0, NetworkInterfaceId: eniId }],
    }),
  );
  return given(launched.Instances?.[0]?.InstanceId);
}

/** Makes an ENI with a given primary address. */
export async function makeInterface(
  ec2: EC2Client,
  subnetId: string,
  groupId: string,
  address: string,
): Promise<string> {
  const made = await ec2.send(
    new CreateNetworkInterfaceCommand({ SubnetId: subnetId, Groups: [groupId], PrivateIpAddress: address }),
  );
  return given(made.NetworkInterface?.NetworkInterfaceId);
}

/** Associates an Elastic IP with one address of an ENI. */
export async function associate(
  ec2: EC2Client,
  pair: { readonly allocationId: string; readonly privateAddress: string },
  eniId: string,
): Promise<string> {
  const associated = await ec2.send(
    new AssociateAddressCommand({
      AllocationId: pair.allocationId,
      NetworkInterfaceId: eniId,
      PrivateIpAddress: pair.privateAddress,
      AllowReassociation: false,
    }),
  );
  return given(associated.AssociationId);
}

/** Allocates an Elastic IP and associates it with one address of an ENI. */
export async function makePair(ec2: EC2Client, eniId: string, privateAddress: string): Promise<Pair> {
  const allocated = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }));
  const allocationId = given(allocated.AllocationId);
  const associationId = await associate(ec2, { allocationId, privateAddress }, eniId);
  return { privateAddress, publicAddress: given(allocated.PublicIp), allocationId, associationId };
}

/** Makes a VPC with a subnet of 192.168.1.0/24, an internet gateway, and a group that lets SSH, SMTP and HTTP in. */
export async function makeNetwork(
  ec2: EC2Client,
): Promise<Pick<Stack, 'vpcId' | 'subnetId' | 'gatewayId' | 'routeTableId' | 'networkAclId' | 'groupId'>> {
  const vpcId = given((await ec2.send(new CreateVpcCommand({ CidrBlock: '192.168.1.0/24' }))).Vpc?.VpcId);
  const subnet = await ec2.send(new CreateSubnetCommand({ VpcId: vpcId, CidrBlock: '192.168.1.0/24' }));
  const gateway = await ec2.send(new CreateInternetGatewayCommand({}));
  const gatewayId = given(gateway.InternetGateway?.InternetGatewayId);
  await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId: gatewayId, VpcId: vpcId }));
  const ofVpc = { Filters: [{ Name: 'vpc-id', Values: [vpcId] }] };
  const tables = await ec2.send(new DescribeRouteTablesCommand(ofVpc));
  const routeTableId = given(tables.RouteTables?.[0]?.RouteTableId);
  await ec2.send(
    new CreateRouteCommand({
      RouteTableId: routeTableId,
      DestinationCidrBlock: '0.0.0.0/0',
      GatewayId: gatewayId,
    }),
  );
  const acls = await ec2.send(new DescribeNetworkAclsCommand(ofVpc));
  return {
    vpcId,
    subnetId: given(subnet.Subnet?.SubnetId),
    gatewayId,
    routeTableId,
    networkAclId: given(acls.NetworkAcls?.[0]?.NetworkAclId),
    groupId: await makeGroup(ec2, vpcId),
  };
}

async function makeGroup(ec2: EC2Client, vpcId: string): Promise<string> {
  const group = await ec2.send(
    new CreateSecurityGroupCommand({
      GroupName: 'vpc_standalone',
      Description: 'standalone in VPC',
      VpcId: vpcId,
    }),
  );
  const groupId = given(group.GroupId);
  await ec2.send(
    new AuthorizeSecurityGroupIngressCommand({ GroupId: groupId, IpPermissions: [22, 25, 80].map(openPort) }),
  );
  return groupId;
}

/** A security group's permission for one TCP port, from anywhere. */
export function openPort(port: number): {
  IpProtocol: string;
  FromPort: number;
  ToPort: number;
  IpRanges: { CidrIp: string }[];
} {
  return { IpProtocol: 'tcp', FromPort: port, ToPort: port, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
}

/** What EC2 always answers, although its model says that it may be absent. */
export function given<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('EC2 left out of its answer what it always gives');
  return value;
}
