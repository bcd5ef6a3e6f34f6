import type * as Sdk from '@aws-sdk/client-ec2';
import type {
  InternetGateway,
  Route,
  RouteTable,
  SecurityGroup,
  SecurityGroupRule,
  Subnet,
  Tags,
  Vpc,
} from '../model/network.ts';

/** Tags as EC2 lists them. */
export function tagsOf(tags: readonly Sdk.Tag[] = []): Tags {
  return Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
}

/** EC2 leaves a field out that has no value; an emulator may give the empty string. */
export function given(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

/** A VPC as EC2 describes it; its primary range comes first. */
export function vpcOf(vpc: Sdk.Vpc): Vpc {
  const primary = vpc.CidrBlock ?? '';
  const live = (vpc.CidrBlockAssociationSet ?? []).filter(
    ({ CidrBlockState }) => CidrBlockState?.State !== 'disassociated',
  );
  const cidrs = new Set([primary, ...live.flatMap(({ CidrBlock }) => CidrBlock ?? [])]);
  return {
    id: vpc.VpcId ?? '',
    cidrs: [...cidrs],
    isDefault: vpc.IsDefault ?? false,
    tags: tagsOf(vpc.Tags),
  };
}

/** A subnet as EC2 describes it. */
export function subnetOf(subnet: Sdk.Subnet): Subnet {
  return {
    id: subnet.SubnetId ?? '',
    vpcId: subnet.VpcId ?? '',
    cidr: subnet.CidrBlock ?? '',
    availabilityZone: subnet.AvailabilityZone ?? '',
    freeAddresses: subnet.AvailableIpAddressCount ?? 0,
    tags: tagsOf(subnet.Tags),
  };
}

/** An internet gateway as EC2 describes it. */
export function internetGatewayOf(gateway: Sdk.InternetGateway): InternetGateway {
  return {
    id: gateway.InternetGatewayId ?? '',
    vpcIds: (gateway.Attachments ?? []).flatMap(({ VpcId }) => VpcId ?? []),
    tags: tagsOf(gateway.Tags),
  };
}

/** A route table as EC2 describes it, its IPv4 routes alone. */
export function routeTableOf(table: Sdk.RouteTable): RouteTable {
  const associations = table.Associations ?? [];
  return {
    id: table.RouteTableId ?? '',
    vpcId: table.VpcId ?? '',
    isMain: associations.some(({ Main }) => Main === true),
    associations: associations.flatMap(({ RouteTableAssociationId = '', SubnetId }) =>
      given(SubnetId) === undefined ? [] : { id: RouteTableAssociationId, subnetId: SubnetId ?? '' },
    ),
    routes: (table.Routes ?? []).flatMap(routeOf),
    tags: tagsOf(table.Tags),
  };
}

/** A security group as EC2 describes it. */
export function securityGroupOf(group: Sdk.SecurityGroup): SecurityGroup {
  return {
    id: group.GroupId ?? '',
    vpcId: group.VpcId ?? '',
    name: group.GroupName ?? '',
    description: group.Description ?? '',
    ingress: (group.IpPermissions ?? []).map(ruleOf),
    egress: (group.IpPermissionsEgress ?? []).map(ruleOf),
    tags: tagsOf(group.Tags),
  };
}

function routeOf(route: Sdk.Route): readonly Route[] {
  const destination = given(route.DestinationCidrBlock);
  if (destination === undefined) return [];
  return [
    { destination, target: targetOf(route), state: route.State === 'blackhole' ? 'blackhole' : 'active' },
  ];
}

/** The id of what a route leads to, of whatever kind; empty where EC2 names none. */
export function targetOf(route: Sdk.Route): string {
  const targets = [
    route.GatewayId,
    route.NatGatewayId,
    route.NetworkInterfaceId,
    route.InstanceId,
    route.TransitGatewayId,
    route.VpcPeeringConnectionId,
    route.EgressOnlyInternetGatewayId,
    route.LocalGatewayId,
    route.CarrierGatewayId,
  ];
  return targets.map(given).find((id) => id !== undefined) ?? '';
}

function ruleOf(permission: Sdk.IpPermission): SecurityGroupRule {
  const { IpProtocol = '-1', FromPort, ToPort } = permission;
  const sources = [
    ...(permission.IpRanges ?? []).map(({ CidrIp }) => CidrIp),
    ...(permission.Ipv6Ranges ?? []).map(({ CidrIpv6 }) => CidrIpv6),
    ...(permission.UserIdGroupPairs ?? []).map(({ GroupId }) => GroupId),
    ...(permission.PrefixListIds ?? []).map(({ PrefixListId }) => PrefixListId),
  ].filter((source) => source !== undefined);
  return {
    protocol: IpProtocol,
    ...(FromPort !== undefined && { fromPort: FromPort }),
    ...(ToPort !== undefined && { toPort: ToPort }),
    sources,
  };
}
