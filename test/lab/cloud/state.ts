/**
 * What the control plane says, as far as the data plane depends on it. Field names are EC2's, in camel case.
 */
export interface CloudState {
  /** Grows with each change. */
  readonly version: number;
  readonly vpcs: readonly Vpc[];
  readonly subnets: readonly Subnet[];
  readonly internetGateways: readonly InternetGateway[];
  readonly routeTables: readonly RouteTable[];
  readonly networkAcls: readonly NetworkAcl[];
  readonly securityGroups: readonly SecurityGroup[];
  readonly networkInterfaces: readonly NetworkInterface[];
  readonly instances: readonly Instance[];
  readonly keyPairs: readonly KeyPair[];
}

export interface Vpc {
  readonly vpcId: string;
  readonly cidrBlocks: readonly string[];
}

export interface Subnet {
  readonly subnetId: string;
  readonly vpcId: string;
  readonly cidrBlock: string;
}

export interface InternetGateway {
  readonly internetGatewayId: string;
  /** Ids of the VPCs it is attached to; EC2 allows one. */
  readonly attachments: readonly string[];
}

export interface RouteTable {
  readonly routeTableId: string;
  readonly vpcId: string;
  readonly main: boolean;
  readonly subnetIds: readonly string[];
  readonly routes: readonly Route[];
}

export interface Route {
  readonly destinationCidrBlock: string;
  /** Id of whatever the route leads to, such as `igw-…` or `local`. */
  readonly target: string;
  readonly state: string;
}

export interface NetworkAcl {
  readonly networkAclId: string;
  readonly vpcId: string;
  readonly isDefault: boolean;
  readonly subnetIds: readonly string[];
  readonly entries: readonly NetworkAclEntry[];
}

export interface NetworkAclEntry {
  readonly ruleNumber: number;
  readonly egress: boolean;
  readonly protocol: string;
  readonly ruleAction: string;
  readonly cidrBlock: string;
  readonly portRange?: PortRange;
  readonly icmpTypeCode?: { readonly type: number; readonly code: number };
}

export interface PortRange {
  readonly from: number;
  readonly to: number;
}

export interface SecurityGroup {
  readonly groupId: string;
  readonly vpcId: string;
  readonly ipPermissions: readonly IpPermission[];
  readonly ipPermissionsEgress: readonly IpPermission[];
}

export interface IpPermission {
  readonly ipProtocol: string;
  readonly fromPort?: number;
  readonly toPort?: number;
  readonly cidrBlocks: readonly string[];
  /** Groups whose members' private addresses are meant. */
  readonly groupIds: readonly string[];
}

export interface NetworkInterface {
  readonly networkInterfaceId: string;
  readonly vpcId: string;
  readonly subnetId: string;
  readonly macAddress: string;
  readonly sourceDestCheck: boolean;
  readonly groupIds: readonly string[];
  readonly privateIpAddresses: readonly PrivateIpAddress[];
  readonly attachment?: { readonly instanceId: string; readonly deviceIndex: number };
}

export interface PrivateIpAddress {
  readonly privateIpAddress: string;
  readonly primary: boolean;
  /** The Elastic IP associated with it. */
  readonly publicIp?: string;
}

export interface Instance {
  readonly instanceId: string;
  readonly imageId: string;
  /** EC2's name of the state, such as `running`. */
  readonly state: string;
  readonly keyName?: string;
  /** Grows with each RebootInstances. */
  readonly reboots: number;
}

export interface KeyPair {
  readonly keyName: string;
  /** In the form of one line of authorized_keys. */
  readonly publicKey: string;
}
