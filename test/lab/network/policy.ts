/**
 * What the network must do, derived from the control plane: plain data, with every name resolved to addresses.
 *
 * Only what runs is in it: an interface of an instance that is not running has no entry, so nothing reaches it.
 */
export interface NetworkPolicy {
  readonly vpcs: readonly VpcPolicy[];
}

/** One VPC, with its own address space. */
export interface VpcPolicy {
  readonly vpcId: string;
  /** Address ranges of the VPC, as CIDRs. */
  readonly cidrs: readonly string[];
  readonly subnets: readonly SubnetPolicy[];
  readonly interfaces: readonly InterfacePolicy[];
}

/** One subnet that has at least one interface in use. */
export interface SubnetPolicy {
  readonly subnetId: string;
  readonly cidr: string;
  /** Routes in the order in which they decide, the most specific first. Traffic that matches none is dropped. */
  readonly routes: readonly RoutePolicy[];
  /** Network ACL entries in the order in which they decide. Traffic that matches none is dropped. */
  readonly inbound: readonly AclRule[];
  readonly outbound: readonly AclRule[];
}

/** Where traffic to a range outside the VPC goes: through the attached internet gateway, or nowhere. */
export interface RoutePolicy {
  readonly destination: string;
  readonly toGateway: boolean;
}

/** Which packets a rule speaks of. */
export interface PacketMatch {
  /** IANA protocol number, or `any`. */
  readonly protocol: number | 'any';
  /** First and last destination port (TCP, UDP); ICMP: type and code; absent: all. */
  readonly ports?: readonly [from: number, to: number];
  /** The other side, as a CIDR. */
  readonly peer: string;
}

/** One network ACL entry. */
export interface AclRule extends PacketMatch {
  readonly allow: boolean;
}

/** One ENI attached to a running instance. */
export interface InterfacePolicy {
  readonly networkInterfaceId: string;
  readonly instanceId: string;
  readonly deviceIndex: number;
  readonly macAddress: string;
  readonly subnetId: string;
  /** The primary comes first. */
  readonly addresses: readonly AddressPolicy[];
  /** Whether packets that are not from or to one of the addresses are dropped. */
  readonly sourceDestCheck: boolean;
  readonly ingress: readonly PacketMatch[];
  readonly egress: readonly PacketMatch[];
}

/** A private address, and the Elastic IP that the VPC's gateway translates to and from it. */
export interface AddressPolicy {
  readonly privateAddress: string;
  /** Absent without an association, or where no internet gateway is attached to the VPC. */
  readonly publicAddress?: string;
}
