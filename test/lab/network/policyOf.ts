import type {
  CloudState,
  IpPermission,
  NetworkAclEntry,
  NetworkInterface,
  SecurityGroup,
  Subnet,
} from '../cloud/state.ts';
import { addressRange } from './cidr.ts';
import type {
  AclRule,
  AddressPolicy,
  InterfacePolicy,
  NetworkPolicy,
  PacketMatch,
  RoutePolicy,
  SubnetPolicy,
  VpcPolicy,
} from './policy.ts';

/** What the network must do so that it behaves as EC2 would with this control plane. Pure. */
export function policyOf(state: CloudState): NetworkPolicy {
  const running = new Set(
    state.instances.filter((instance) => instance.state === 'running').map((instance) => instance.instanceId),
  );
  const inUse = state.networkInterfaces.filter(
    (eni) => eni.attachment !== undefined && running.has(eni.attachment.instanceId),
  );
  return { vpcs: [...new Set(inUse.map((eni) => eni.vpcId))].map((vpcId) => vpcPolicy(state, vpcId, inUse)) };
}

function vpcPolicy(state: CloudState, vpcId: string, inUse: readonly NetworkInterface[]): VpcPolicy {
  const gatewayId = state.internetGateways.find((gateway) =>
    gateway.attachments.includes(vpcId),
  )?.internetGatewayId;
  const enis = inUse.filter((eni) => eni.vpcId === vpcId);
  const used = new Set(enis.map((eni) => eni.subnetId));
  return {
    vpcId,
    cidrs: state.vpcs.find((vpc) => vpc.vpcId === vpcId)?.cidrBlocks ?? [],
    subnets: state.subnets
      .filter((subnet) => used.has(subnet.subnetId))
      .map((subnet) => subnetPolicy(state, subnet, gatewayId)),
    interfaces: enis.flatMap((eni) => interfacePolicy(state, eni, gatewayId !== undefined)),
  };
}

function subnetPolicy(state: CloudState, subnet: Subnet, gatewayId: string | undefined): SubnetPolicy {
  const acls = state.networkAcls.filter((acl) => acl.vpcId === subnet.vpcId);
  const acl =
    acls.find((candidate) => candidate.subnetIds.includes(subnet.subnetId)) ??
    acls.find((candidate) => candidate.isDefault);
  const entries = [...(acl?.entries ?? [])].sort((a, b) => a.ruleNumber - b.ruleNumber);
  return {
    subnetId: subnet.subnetId,
    cidr: subnet.cidrBlock,
    routes: routesOf(state, subnet, gatewayId),
    inbound: entries.filter((entry) => !entry.egress).map(aclRule),
    outbound: entries.filter((entry) => entry.egress).map(aclRule),
  };
}

/** The routes of the subnet's own table, or else of the VPC's main one; an explicit association wins. */
function routesOf(state: CloudState, subnet: Subnet, gatewayId: string | undefined): readonly RoutePolicy[] {
  const tables = state.routeTables.filter((table) => table.vpcId === subnet.vpcId);
  const table =
    tables.find((candidate) => candidate.subnetIds.includes(subnet.subnetId)) ??
    tables.find((candidate) => candidate.main);
  return (table?.routes ?? [])
    .filter((route) => route.target !== 'local')
    .map((route) => ({
      destination: route.destinationCidrBlock,
      toGateway: route.state === 'active' && route.target === gatewayId,
    }))
    .sort((a, b) => addressRange(b.destination).prefixLength - addressRange(a.destination).prefixLength);
}

function interfacePolicy(
  state: CloudState,
  eni: NetworkInterface,
  gatewayAttached: boolean,
): readonly InterfacePolicy[] {
  if (eni.attachment === undefined) return [];
  const groups = state.securityGroups.filter((group) => eni.groupIds.includes(group.groupId));
  const rules = (pick: (group: SecurityGroup) => readonly IpPermission[]): readonly PacketMatch[] =>
    groups.flatMap(pick).flatMap((permission) => permissionMatches(state, permission));
  return [
    {
      networkInterfaceId: eni.networkInterfaceId,
      instanceId: eni.attachment.instanceId,
      deviceIndex: eni.attachment.deviceIndex,
      macAddress: eni.macAddress,
      subnetId: eni.subnetId,
      addresses: addressesOf(eni, gatewayAttached),
      sourceDestCheck: eni.sourceDestCheck,
      ingress: rules((group) => group.ipPermissions),
      egress: rules((group) => group.ipPermissionsEgress),
    },
  ];
}

function addressesOf(eni: NetworkInterface, gatewayAttached: boolean): readonly AddressPolicy[] {
  return [...eni.privateIpAddresses]
    .sort((a, b) => Number(b.primary) - Number(a.primary))
    .map(({ privateIpAddress, publicIp }) => ({
      privateAddress: privateIpAddress,
      ...(publicIp !== undefined && gatewayAttached && { publicAddress: publicIp }),
    }));
}

/** A rule that names a group speaks of the private addresses of all ENIs in that group. */
function permissionMatches(state: CloudState, permission: IpPermission): readonly PacketMatch[] {
  const members = state.networkInterfaces
    .filter((eni) => eni.groupIds.some((groupId) => permission.groupIds.includes(groupId)))
    .flatMap((eni) => eni.privateIpAddresses.map((address) => address.privateIpAddress));
  const protocol = protocolNumber(permission.ipProtocol);
  const { fromPort, toPort } = permission;
  const ports =
    protocol === 'any' || fromPort === undefined || toPort === undefined
      ? {}
      : { ports: [fromPort, toPort] as const };
  return [...permission.cidrBlocks, ...members].map((peer) => ({ protocol, ...ports, peer }));
}

function aclRule(entry: NetworkAclEntry): AclRule {
  const { portRange, icmpTypeCode } = entry;
  const ports =
    icmpTypeCode !== undefined
      ? { ports: [icmpTypeCode.type, icmpTypeCode.code] as const }
      : portRange !== undefined
        ? { ports: [portRange.from, portRange.to] as const }
        : {};
  return {
    protocol: protocolNumber(entry.protocol),
    ...ports,
    peer: entry.cidrBlock,
    allow: entry.ruleAction === 'allow',
  };
}

function protocolNumber(protocol: string): number | 'any' {
  const named: Readonly<Record<string, number | 'any'>> = { '-1': 'any', icmp: 1, tcp: 6, udp: 17 };
  return named[protocol] ?? Number(protocol);
}
