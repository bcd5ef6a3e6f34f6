import type * as Sdk from '@aws-sdk/client-ec2';

/** What EC2's `DescribeX` and other calls take and give, for the calls in use alone: `[input, output]`. */
interface Ec2Calls {
  allocateAddress: [Sdk.AllocateAddressCommandInput, Sdk.AllocateAddressCommandOutput];
  assignPrivateIpAddresses: [
    Sdk.AssignPrivateIpAddressesCommandInput,
    Sdk.AssignPrivateIpAddressesCommandOutput,
  ];
  associateAddress: [Sdk.AssociateAddressCommandInput, Sdk.AssociateAddressCommandOutput];
  attachInternetGateway: [Sdk.AttachInternetGatewayCommandInput, Sdk.AttachInternetGatewayCommandOutput];
  attachNetworkInterface: [Sdk.AttachNetworkInterfaceCommandInput, Sdk.AttachNetworkInterfaceCommandOutput];
  authorizeSecurityGroupIngress: [
    Sdk.AuthorizeSecurityGroupIngressCommandInput,
    Sdk.AuthorizeSecurityGroupIngressCommandOutput,
  ];
  authorizeSecurityGroupEgress: [
    Sdk.AuthorizeSecurityGroupEgressCommandInput,
    Sdk.AuthorizeSecurityGroupEgressCommandOutput,
  ];
  createInternetGateway: [Sdk.CreateInternetGatewayCommandInput, Sdk.CreateInternetGatewayCommandOutput];
  createNetworkInterface: [Sdk.CreateNetworkInterfaceCommandInput, Sdk.CreateNetworkInterfaceCommandOutput];
  createNetworkAclEntry: [Sdk.CreateNetworkAclEntryCommandInput, Sdk.CreateNetworkAclEntryCommandOutput];
  createRoute: [Sdk.CreateRouteCommandInput, Sdk.CreateRouteCommandOutput];
  createSecurityGroup: [Sdk.CreateSecurityGroupCommandInput, Sdk.CreateSecurityGroupCommandOutput];
  createSubnet: [Sdk.CreateSubnetCommandInput, Sdk.CreateSubnetCommandOutput];
  createVpc: [Sdk.CreateVpcCommandInput, Sdk.CreateVpcCommandOutput];
  deleteInternetGateway: [Sdk.DeleteInternetGatewayCommandInput, Sdk.DeleteInternetGatewayCommandOutput];
  deleteKeyPair: [Sdk.DeleteKeyPairCommandInput, Sdk.DeleteKeyPairCommandOutput];
  deleteNetworkInterface: [Sdk.DeleteNetworkInterfaceCommandInput, Sdk.DeleteNetworkInterfaceCommandOutput];
  deleteNetworkAclEntry: [Sdk.DeleteNetworkAclEntryCommandInput, Sdk.DeleteNetworkAclEntryCommandOutput];
  deleteRoute: [Sdk.DeleteRouteCommandInput, Sdk.DeleteRouteCommandOutput];
  deleteRouteTable: [Sdk.DeleteRouteTableCommandInput, Sdk.DeleteRouteTableCommandOutput];
  deleteSecurityGroup: [Sdk.DeleteSecurityGroupCommandInput, Sdk.DeleteSecurityGroupCommandOutput];
  deleteSubnet: [Sdk.DeleteSubnetCommandInput, Sdk.DeleteSubnetCommandOutput];
  deleteVpc: [Sdk.DeleteVpcCommandInput, Sdk.DeleteVpcCommandOutput];
  describeAccountAttributes: [
    Sdk.DescribeAccountAttributesCommandInput,
    Sdk.DescribeAccountAttributesCommandOutput,
  ];
  describeAddresses: [Sdk.DescribeAddressesCommandInput, Sdk.DescribeAddressesCommandOutput];
  describeAddressesAttribute: [
    Sdk.DescribeAddressesAttributeCommandInput,
    Sdk.DescribeAddressesAttributeCommandOutput,
  ];
  describeImages: [Sdk.DescribeImagesCommandInput, Sdk.DescribeImagesCommandOutput];
  describeInstanceTypes: [Sdk.DescribeInstanceTypesCommandInput, Sdk.DescribeInstanceTypesCommandOutput];
  describeInstances: [Sdk.DescribeInstancesCommandInput, Sdk.DescribeInstancesCommandOutput];
  describeInternetGateways: [
    Sdk.DescribeInternetGatewaysCommandInput,
    Sdk.DescribeInternetGatewaysCommandOutput,
  ];
  describeKeyPairs: [Sdk.DescribeKeyPairsCommandInput, Sdk.DescribeKeyPairsCommandOutput];
  describeNetworkAcls: [Sdk.DescribeNetworkAclsCommandInput, Sdk.DescribeNetworkAclsCommandOutput];
  describeNetworkInterfaces: [
    Sdk.DescribeNetworkInterfacesCommandInput,
    Sdk.DescribeNetworkInterfacesCommandOutput,
  ];
  describeRegions: [Sdk.DescribeRegionsCommandInput, Sdk.DescribeRegionsCommandOutput];
  describeRouteTables: [Sdk.DescribeRouteTablesCommandInput, Sdk.DescribeRouteTablesCommandOutput];
  describeSecurityGroups: [Sdk.DescribeSecurityGroupsCommandInput, Sdk.DescribeSecurityGroupsCommandOutput];
  describeSubnets: [Sdk.DescribeSubnetsCommandInput, Sdk.DescribeSubnetsCommandOutput];
  describeVpcs: [Sdk.DescribeVpcsCommandInput, Sdk.DescribeVpcsCommandOutput];
  detachInternetGateway: [Sdk.DetachInternetGatewayCommandInput, Sdk.DetachInternetGatewayCommandOutput];
  detachNetworkInterface: [Sdk.DetachNetworkInterfaceCommandInput, Sdk.DetachNetworkInterfaceCommandOutput];
  disassociateAddress: [Sdk.DisassociateAddressCommandInput, Sdk.DisassociateAddressCommandOutput];
  getConsoleOutput: [Sdk.GetConsoleOutputCommandInput, Sdk.GetConsoleOutputCommandOutput];
  importKeyPair: [Sdk.ImportKeyPairCommandInput, Sdk.ImportKeyPairCommandOutput];
  modifyAddressAttribute: [Sdk.ModifyAddressAttributeCommandInput, Sdk.ModifyAddressAttributeCommandOutput];
  rebootInstances: [Sdk.RebootInstancesCommandInput, Sdk.RebootInstancesCommandOutput];
  releaseAddress: [Sdk.ReleaseAddressCommandInput, Sdk.ReleaseAddressCommandOutput];
  resetAddressAttribute: [Sdk.ResetAddressAttributeCommandInput, Sdk.ResetAddressAttributeCommandOutput];
  revokeSecurityGroupEgress: [
    Sdk.RevokeSecurityGroupEgressCommandInput,
    Sdk.RevokeSecurityGroupEgressCommandOutput,
  ];
  revokeSecurityGroupIngress: [
    Sdk.RevokeSecurityGroupIngressCommandInput,
    Sdk.RevokeSecurityGroupIngressCommandOutput,
  ];
  runInstances: [Sdk.RunInstancesCommandInput, Sdk.RunInstancesCommandOutput];
  startInstances: [Sdk.StartInstancesCommandInput, Sdk.StartInstancesCommandOutput];
  stopInstances: [Sdk.StopInstancesCommandInput, Sdk.StopInstancesCommandOutput];
  terminateInstances: [Sdk.TerminateInstancesCommandInput, Sdk.TerminateInstancesCommandOutput];
  unassignPrivateIpAddresses: [
    Sdk.UnassignPrivateIpAddressesCommandInput,
    Sdk.UnassignPrivateIpAddressesCommandOutput,
  ];
}

/** The name of a call, such as `createVpc`. */
export type Ec2Call = keyof Ec2Calls;

/** What a call takes. */
export type Ec2Input<C extends Ec2Call> = Ec2Calls[C][0];

/** What a call gives. */
export type Ec2Output<C extends Ec2Call> = Ec2Calls[C][1];

/** How a call may be ended early. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** The calls, each a method of its own, that throw a `CoreError` of `AwsErrors` where EC2 gives no answer. */
export type Ec2Methods = {
  readonly [C in Ec2Call]: (input: Ec2Input<C>, options?: CallOptions) => Promise<Ec2Output<C>>;
};

/** Whose credentials these are. */
export interface CallerIdentity {
  /** Twelve digits. */
  readonly account: string;
  readonly arn: string;
}

/** One Region of one account: the only way that this project talks to AWS. */
export interface Ec2 extends Ec2Methods {
  readonly region: string;
  callerIdentity(options?: CallOptions): Promise<CallerIdentity>;
  /** The account's name for people, where it has one and these credentials may ask for it. */
  accountAlias(options?: CallOptions): Promise<string | undefined>;
  /** Closes the connections that are kept alive. */
  close(): void;
}
