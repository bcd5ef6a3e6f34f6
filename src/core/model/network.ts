/** Tags of a resource, key to value. */
export type Tags = Readonly<Record<string, string>>;

/** A VPC with its IPv4 ranges, the primary one first. */
export interface Vpc {
  readonly id: string;
  readonly cidrs: readonly string[];
  readonly isDefault: boolean;
  readonly tags: Tags;
}

/** A subnet; `freeAddresses` counts what EC2 says is left. */
export interface Subnet {
  readonly id: string;
  readonly vpcId: string;
  readonly cidr: string;
  readonly availabilityZone: string;
  readonly freeAddresses: number;
  readonly tags: Tags;
}

/** An internet gateway with the VPCs that it is attached to (none or one). */
export interface InternetGateway {
  readonly id: string;
  readonly vpcIds: readonly string[];
  readonly tags: Tags;
}

/** One IPv4 route; `target` is the id of what it points to, or `local`. */
export interface Route {
  readonly destination: string;
  readonly target: string;
  readonly state: 'active' | 'blackhole';
}

/** A route table; the main one serves each subnet that has no association of its own. */
export interface RouteTable {
  readonly id: string;
  readonly vpcId: string;
  readonly isMain: boolean;
  readonly associations: readonly { readonly id: string; readonly subnetId: string }[];
  readonly routes: readonly Route[];
  readonly tags: Tags;
}

/** One permission; ports are inclusive, and absent where the protocol has none or all are meant. */
export interface SecurityGroupRule {
  /** `tcp`, `udp`, `icmp`, a protocol number, or `-1` for all. */
  readonly protocol: string;
  readonly fromPort?: number;
  readonly toPort?: number;
  /** IPv4 ranges, IPv6 ranges, group ids and prefix list ids. */
  readonly sources: readonly string[];
}

/** A security group with what it lets in and out. */
export interface SecurityGroup {
  readonly id: string;
  readonly vpcId: string;
  readonly name: string;
  readonly description: string;
  readonly ingress: readonly SecurityGroupRule[];
  readonly egress: readonly SecurityGroupRule[];
  readonly tags: Tags;
}

/** Where an ENI is plugged in. */
export interface EniAttachment {
  readonly id: string;
  readonly instanceId: string;
  readonly deviceIndex: number;
  readonly deleteOnTermination: boolean;
}

/** The pairing of a private address with an EIP. */
export interface Association {
  readonly associationId: string;
  /** Absent for an auto-assigned public IP, which nobody allocated. */
  readonly allocationId?: string;
  readonly publicIp: string;
}

/** A private address of an ENI and, where it has one, its EIP: an address pair. */
export interface PrivateAddress {
  readonly address: string;
  readonly primary: boolean;
  readonly association?: Association;
}

/** A network interface; `addresses` begins with the primary one. */
export interface Eni {
  readonly id: string;
  readonly vpcId: string;
  readonly subnetId: string;
  readonly availabilityZone: string;
  readonly mac: string;
  readonly description: string;
  readonly status: string;
  readonly groupIds: readonly string[];
  readonly attachment?: EniAttachment;
  readonly addresses: readonly PrivateAddress[];
  /** /28 prefixes delegated to it; each takes the room of one address of what the instance type allows. */
  readonly prefixes?: readonly string[];
  /** Who manages it, where that is not the account's owner: such an ENI is shown and never touched. */
  readonly managedBy?: string;
  readonly tags: Tags;
}

/** An Elastic IP address; without `association` it is idle and costs money for nothing. */
export interface Eip {
  readonly allocationId: string;
  readonly publicIp: string;
  readonly association?: {
    readonly associationId: string;
    readonly networkInterfaceId: string;
    readonly privateAddress: string;
    readonly instanceId?: string;
  };
  /** The service that manages it, where one does: such an EIP is shown and never touched. */
  readonly managedBy?: string;
  readonly tags: Tags;
}

/** A virtual machine. */
export interface Instance {
  readonly id: string;
  readonly state: string;
  readonly type: string;
  readonly imageId: string;
  readonly keyName?: string;
  readonly vpcId?: string;
  readonly subnetId?: string;
  readonly eniIds: readonly string[];
  readonly tags: Tags;
}

/** A public key that instances can be launched with. */
export interface KeyPair {
  readonly id: string;
  readonly name: string;
  readonly tags: Tags;
}

/** What one Region holds, joined once: every association is on its ENI's address and on its EIP. */
export interface Inventory {
  readonly region: string;
  /** ISO 8601, when the first describe was sent. */
  readonly takenAt: string;
  readonly vpcs: readonly Vpc[];
  readonly subnets: readonly Subnet[];
  readonly internetGateways: readonly InternetGateway[];
  readonly routeTables: readonly RouteTable[];
  readonly securityGroups: readonly SecurityGroup[];
  readonly enis: readonly Eni[];
  readonly eips: readonly Eip[];
  readonly instances: readonly Instance[];
  readonly keyPairs: readonly KeyPair[];
}
