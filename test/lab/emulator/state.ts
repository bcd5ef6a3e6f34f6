import type {
  Address,
  AddressAttribute,
  Instance,
  InternetGateway,
  KeyPairInfo,
  NatGateway,
  NetworkAcl,
  NetworkInterface,
  RouteTable,
  SecurityGroup,
  Subnet,
  Volume,
  Vpc,
} from '@aws-sdk/client-ec2';

/** An SDK shape as it looks in JSON: times are ISO 8601 strings. */
export type Plain<T> = T extends Date
  ? string
  : T extends (infer U)[]
    ? Plain<U>[]
    : T extends object
      ? { [K in keyof T]: Plain<T[K]> }
      : T;

/** What DescribeInstances does not show of an instance, but the lab needs to boot its guest. */
export interface InstanceExtras {
  InstanceInitiatedShutdownBehavior: 'stop' | 'terminate';
  DisableApiTermination: boolean;
  /** How often RebootInstances was called for it. */
  Reboots: number;
  /** Base64, as in RunInstances. */
  UserData?: string;
  /** What `setConsoleOutput` set last. */
  ConsoleOutput?: string;
}

/** Everything the emulator holds in one Region, each list sorted by id, in the shapes of EC2's describes. */
export interface EmulatorState {
  /** Grows with every change; equal versions mean equal states. */
  version: number;
  region: string;
  vpcMaxElasticIps: number;
  Vpcs: Plain<Vpc>[];
  Subnets: Plain<Subnet>[];
  InternetGateways: Plain<InternetGateway>[];
  NatGateways: Plain<NatGateway>[];
  RouteTables: Plain<RouteTable>[];
  NetworkAcls: Plain<NetworkAcl>[];
  SecurityGroups: Plain<SecurityGroup>[];
  NetworkInterfaces: Plain<NetworkInterface>[];
  Addresses: Plain<Address>[];
  AddressAttributes: Plain<AddressAttribute>[];
  Instances: (Plain<Instance> & InstanceExtras)[];
  Volumes: Plain<Volume>[];
  KeyPairs: (Plain<KeyPairInfo> & { PublicKey: string })[];
}

/**
 * Returns what of a state exists and costs, to compare before and after: without the version, and without
 * terminated instances, which EC2 goes on showing for about an hour.
 */
export function holdings(state: EmulatorState): Omit<EmulatorState, 'version'> {
  const held: Omit<EmulatorState, 'version'> & { version?: number } = { ...state };
  delete held.version;
  return { ...held, Instances: state.Instances.filter((it) => it.State?.Name !== 'terminated') };
}
