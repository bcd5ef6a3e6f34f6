import type * as ec2 from '@aws-sdk/client-ec2';
import type { EmulatorState } from '../emulator/state.ts';
import type {
  CloudState,
  Instance,
  IpPermission,
  NetworkAcl,
  NetworkAclEntry,
  NetworkInterface,
  RouteTable,
  SecurityGroup,
} from './state.ts';

type Dumped<List extends keyof EmulatorState> = EmulatorState[List] extends (infer Item)[] ? Item : never;

/** Takes from the dump what the data plane depends on. Instances of EC2-Classic's kind, without a VPC, have none. */
export function readState(dump: EmulatorState): CloudState {
  return {
    version: dump.version,
    vpcs: dump.Vpcs.map(({ VpcId = '', CidrBlock = '', CidrBlockAssociationSet = [] }) => ({
      vpcId: VpcId,
      cidrBlocks: [...new Set([CidrBlock, ...CidrBlockAssociationSet.flatMap((set) => set.CidrBlock ?? [])])],
    })),
    subnets: dump.Subnets.map(({ SubnetId = '', VpcId = '', CidrBlock = '' }) => ({
      subnetId: SubnetId,
      vpcId: VpcId,
      cidrBlock: CidrBlock,
    })),
    internetGateways: dump.InternetGateways.map(({ InternetGatewayId = '', Attachments = [] }) => ({
      internetGatewayId: InternetGatewayId,
      attachments: Attachments.flatMap((attachment) => attachment.VpcId ?? []),
    })),
    routeTables: dump.RouteTables.map(readRouteTable),
    networkAcls: dump.NetworkAcls.map(readNetworkAcl),
    securityGroups: dump.SecurityGroups.map(readSecurityGroup),
    networkInterfaces: dump.NetworkInterfaces.map(readNetworkInterface),
    instances: dump.Instances.map(readInstance),
    keyPairs: dump.KeyPairs.map(({ KeyName = '', PublicKey }) => ({
      keyName: KeyName,
      publicKey: PublicKey,
    })),
  };
}

function readRouteTable({
  RouteTableId = '',
  VpcId = '',
  Associations = [],
  Routes = [],
}: Dumped<'RouteTables'>): RouteTable {
  return {
    routeTableId: RouteTableId,
    vpcId: VpcId,
    main: Associations.some((association) => association.Main === true),
    subnetIds: Associations.flatMap((association) => association.SubnetId ?? []),
    routes: Routes.flatMap(({ DestinationCidrBlock, State = 'active', GatewayId, ...other }) =>
      DestinationCidrBlock === undefined
        ? []
        : [
            {
              destinationCidrBlock: DestinationCidrBlock,
              state: State,
              target: GatewayId ?? otherTarget(other),
            },
          ],
    ),
  };
}

/** What a route leads to that is no gateway of the VPC; the lab has none of these, so such traffic is dropped. */
function otherTarget(route: ec2.Route): string {
  return route.NatGatewayId ?? route.NetworkInterfaceId ?? route.InstanceId ?? 'unknown';
}

function readNetworkAcl(acl: Dumped<'NetworkAcls'>): NetworkAcl {
  const { NetworkAclId = '', VpcId = '', IsDefault = false, Associations = [], Entries = [] } = acl;
  return {
    networkAclId: NetworkAclId,
    vpcId: VpcId,
    isDefault: IsDefault,
    subnetIds: Associations.flatMap((association) => association.SubnetId ?? []),
    entries: Entries.flatMap(readAclEntry),
  };
}

function readAclEntry(entry: ec2.NetworkAclEntry): readonly NetworkAclEntry[] {
  const { RuleNumber = 0, Egress = false, Protocol = '-1', RuleAction = 'deny', CidrBlock } = entry;
  if (CidrBlock === undefined) return []; // It speaks of IPv6.
  const { From, To } = entry.PortRange ?? {};
  const { Type, Code } = entry.IcmpTypeCode ?? {};
  return [
    {
      ruleNumber: RuleNumber,
      egress: Egress,
      protocol: Protocol,
      ruleAction: RuleAction,
      cidrBlock: CidrBlock,
      ...(From !== undefined && To !== undefined && { portRange: { from: From, to: To } }),
      ...(Type !== undefined && Code !== undefined && { icmpTypeCode: { type: Type, code: Code } }),
    },
  ];
}

function readSecurityGroup(group: Dumped<'SecurityGroups'>): SecurityGroup {
  return {
    groupId: group.GroupId ?? '',
    vpcId: group.VpcId ?? '',
    ipPermissions: (group.IpPermissions ?? []).map(readPermission),
    ipPermissionsEgress: (group.IpPermissionsEgress ?? []).map(readPermission),
  };
}

function readPermission(permission: ec2.IpPermission): IpPermission {
  const { IpProtocol = '-1', FromPort, ToPort, IpRanges = [], UserIdGroupPairs = [] } = permission;
  return {
    ipProtocol: IpProtocol,
    ...(FromPort !== undefined && { fromPort: FromPort }),
    ...(ToPort !== undefined && { toPort: ToPort }),
    cidrBlocks: IpRanges.flatMap((range) => range.CidrIp ?? []),
    groupIds: UserIdGroupPairs.flatMap((pair) => pair.GroupId ?? []),
  };
}

function readNetworkInterface(eni: Dumped<'NetworkInterfaces'>): NetworkInterface {
  const { InstanceId, DeviceIndex } = eni.Attachment ?? {};
  return {
    networkInterfaceId: eni.NetworkInterfaceId ?? '',
    vpcId: eni.VpcId ?? '',
    subnetId: eni.SubnetId ?? '',
    macAddress: eni.MacAddress ?? '',
    sourceDestCheck: eni.SourceDestCheck ?? true,
    groupIds: (eni.Groups ?? []).flatMap((group) => group.GroupId ?? []),
    privateIpAddresses: (eni.PrivateIpAddresses ?? []).map(
      ({ PrivateIpAddress = '', Primary, Association }) => ({
        privateIpAddress: PrivateIpAddress,
        primary: Primary ?? false,
        ...(Association?.PublicIp !== undefined && { publicIp: Association.PublicIp }),
      }),
    ),
    ...(InstanceId !== undefined && {
      attachment: { instanceId: InstanceId, deviceIndex: DeviceIndex ?? 0 },
    }),
  };
}

function readInstance(instance: Dumped<'Instances'>): Instance {
  return {
    instanceId: instance.InstanceId ?? '',
    imageId: instance.ImageId ?? '',
    state: instance.State?.Name ?? 'unknown',
    reboots: instance.Reboots,
    ...(instance.KeyName !== undefined && { keyName: instance.KeyName }),
  };
}
