import type { GuestAddress, GuestRouting, NetworkManager } from '../guest/facts.ts';
import type { Value } from './plan.ts';

/** A port that a security group opens to an IPv4 range. */
export interface OpenPort {
  readonly protocol: 'tcp' | 'udp';
  readonly fromPort: number;
  readonly toPort: number;
  readonly source: string;
}

/** An entry of a network ACL that lets TCP through to some ports of the receiver. */
export interface AclEntry {
  readonly networkAclId: string;
  readonly ruleNumber: number;
  readonly egress: boolean;
  readonly cidr: string;
  readonly fromPort: number;
  readonly toPort: number;
}

/** Ports of a security group; inbound unless the direction says otherwise. */
interface GroupPorts<Id> {
  readonly groupId: Id;
  readonly ports: readonly OpenPort[];
  readonly direction?: 'egress';
}

/** A file of a guest before and after; `null` where it is not there. Bytes are base64. */
export interface FileChange {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
  /** Octal, such as `600`, of a file that is made new; 644 without it. */
  readonly mode?: string;
  /** Whether its directory holds nothing else, and comes and goes with it. */
  readonly ownDirectory?: true;
}

/** A private address of an ENI, where an EIP can be. */
export interface EipPlace {
  readonly networkInterfaceId: string;
  readonly privateAddress: string;
}

/** What each kind of change needs; its outputs are named in the comment. */
export interface ChangeInputs {
  /** → `vpcId` */
  createVpc: { readonly cidr: string; readonly name: string };
  /** → `subnetId` */
  createSubnet: {
    readonly vpcId: Value;
    readonly cidr: string;
    readonly availabilityZone?: string;
    readonly name: string;
  };
  /** → `internetGatewayId` */
  createInternetGateway: { readonly name: string };
  attachInternetGateway: { readonly internetGatewayId: Value; readonly vpcId: Value };
  /** Adds a route to the VPC's main route table, or to the one named. → `routeTableId` */
  createRoute: {
    readonly vpcId: Value;
    readonly routeTableId?: Value;
    readonly destination: string;
    readonly internetGatewayId: Value;
  };
  /** → `groupId` */
  createSecurityGroup: { readonly vpcId: Value; readonly name: string; readonly description: string };
  openPorts: GroupPorts<Value>;
  closePorts: GroupPorts<string>;
  allowInAcl: AclEntry;
  deleteAclEntry: AclEntry;
  /** Makes an ENI with its secondary addresses. → `networkInterfaceId` */
  createEni: {
    readonly subnetId: Value;
    readonly groupIds: readonly Value[];
    readonly description: string;
    readonly primary: string;
    readonly secondaries: readonly string[];
    readonly name: string;
    /** Beside those that every change puts on what it makes. */
    readonly tags?: Readonly<Record<string, string>>;
  };
  assignAddresses: { readonly networkInterfaceId: Value; readonly addresses: readonly string[] };
  /** With `publicIp` it asks for that very address back. → `allocationId`, `publicIp` */
  allocateEip: { readonly name: string; readonly publicIp?: string };
  /** → `associationId` */
  associateEip: {
    readonly allocationId: Value;
    readonly networkInterfaceId: Value;
    readonly privateAddress: string;
  };
  /** Takes an EIP from where it is to another address that has none. → `associationId` */
  moveEip: {
    readonly allocationId: string;
    readonly publicIp: string;
    readonly from: EipPlace;
    readonly to: EipPlace;
  };
  /** → `attachmentId` */
  attachEni: {
    readonly networkInterfaceId: Value;
    readonly instanceId: string;
    readonly deviceIndex: number;
  };
  detachEni: {
    readonly attachmentId: string;
    readonly networkInterfaceId: string;
    readonly instanceId: string;
    readonly deviceIndex: number;
  };
  /** → `keyName` */
  importKeyPair: { readonly keyName: string; readonly publicKey: string };
  /** → `instanceId` */
  launchInstance: {
    readonly imageId: string;
    readonly instanceType: string;
    readonly keyName?: Value;
    readonly networkInterfaceId: Value;
    readonly shutdownBehavior: 'stop' | 'terminate';
    readonly name: string;
  };
  /** The launch makes the ENI, which goes with the instance. → `instanceId`, `networkInterfaceId` */
  launchWithEni: {
    readonly imageId: string;
    readonly instanceType: string;
    readonly keyName?: Value;
    readonly subnetId: Value;
    readonly groupIds: readonly Value[];
    /** Explicit ones, the primary one first, or so many secondary ones as EC2 chooses. */
    readonly addresses: { readonly explicit: readonly string[] } | { readonly secondaryCount: number };
    readonly shutdownBehavior: 'stop' | 'terminate';
    readonly name: string;
  };
  startInstance: { readonly instanceId: string };
  /** Stops it; its memory and an auto-assigned public IP are lost. */
  stopInstance: {
    readonly instanceId: string;
    /** Whether the primary address has no EIP, so that nobody can tell how to reach it afterwards. */
    readonly losesWayIn?: boolean;
  };
  /** Reboots the system; addresses and disks stay. */
  rebootInstance: { readonly instanceId: string };
  terminateInstance: { readonly instanceId: string };
  disassociateEip: {
    readonly associationId: string;
    readonly allocationId: string;
    readonly networkInterfaceId: string;
    readonly privateAddress: string;
  };
  /** Clears the PTR record of an EIP, which locks it against being released. */
  clearReverseDns: { readonly allocationId: string; readonly publicIp: string; readonly domainName: string };
  /** Sets the PTR record of an EIP; `domainName` must resolve to it already. */
  setReverseDns: {
    readonly allocationId: Value;
    readonly publicIp: Value;
    readonly domainName: string;
    /** The record that it replaces, which the undo brings back. */
    readonly previous?: string;
  };
  releaseEip: { readonly allocationId: string; readonly publicIp: string };
  unassignAddresses: { readonly networkInterfaceId: string; readonly addresses: readonly string[] };
  deleteEni: { readonly networkInterfaceId: string };
  deleteSecurityGroup: { readonly groupId: string; readonly name: string };
  deleteRoute: { readonly routeTableId: string; readonly destination: string; readonly target: string };
  deleteRouteTable: { readonly routeTableId: string };
  detachInternetGateway: { readonly internetGatewayId: string; readonly vpcId: string };
  deleteInternetGateway: { readonly internetGatewayId: string };
  deleteSubnet: { readonly subnetId: string; readonly cidr: string };
  deleteVpc: { readonly vpcId: string; readonly cidr: string };
  deleteKeyPair: { readonly keyName: string };
  /** Writes files of a guest and brings only these addresses up or down; its inverse swaps each pair. */
  configureGuest: {
    readonly instanceId: string;
    readonly manager: NetworkManager;
    readonly interface: string;
    readonly bringUp: readonly GuestAddress[];
    readonly takeDown: readonly GuestAddress[];
    readonly files: readonly FileChange[];
    /** Where what is brought up must be found from outside before it is kept. */
    readonly through?: readonly { readonly address: string; readonly publicIp: string }[];
    /** Only of a further interface, whose addresses have a routing table of their own. */
    readonly routing?: GuestRouting | undefined;
    /** The transaction on the guest that this takes back. */
    readonly reverts?: string | undefined;
  };
}
