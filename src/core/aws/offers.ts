import { CoreError, isCoreError } from '../base/errors.ts';
import type { CallOptions, Ec2, Ec2Input } from './ec2.ts';
import { allPages } from './pages.ts';

/** What an instance type takes. */
export interface InstanceTypeLimits {
  readonly instanceType: string;
  readonly interfaces: number;
  /** Private IPv4 addresses per ENI, the primary one included. */
  readonly addressesPerInterface: number;
}

/** An image by its id, or the newest of an owner's whose name fits a pattern with `*` and `?`. */
export type ImageChoice =
  { readonly id: string } | { readonly owner: string; readonly name: string; readonly architecture?: string };

/** A machine image. */
export interface Image {
  readonly id: string;
  readonly name: string;
  readonly owner: string;
  /** ISO 8601; images sort by it. */
  readonly createdAt: string;
}

/** An account's EIPs in a Region. */
export interface EipQuota {
  /** Absent where EC2 does not say. */
  readonly quota?: number;
  readonly inUse: number;
}

type InstanceTypeName = NonNullable<Ec2Input<'describeInstanceTypes'>['InstanceTypes']>[number];

/** Reads what an instance type takes; throws `plan.unknownInstanceType` where the Region has none such. */
export async function readInstanceType(
  ec2: Ec2,
  instanceType: string,
  options: CallOptions = {},
): Promise<InstanceTypeLimits> {
  const input = { InstanceTypes: [instanceType as InstanceTypeName] };
  const unknown = (cause?: unknown) => new CoreError('plan.unknownInstanceType', { instanceType }, { cause });
  const { InstanceTypes } = await ec2.describeInstanceTypes(input, options).catch((error: unknown) => {
    const refused = isCoreError(error, 'aws.refused') && error.data.awsCode.startsWith('Invalid');
    throw refused ? unknown(error) : error;
  });
  const network = InstanceTypes?.[0]?.NetworkInfo;
  if (network?.MaximumNetworkInterfaces === undefined) throw unknown();
  return {
    instanceType,
    interfaces: network.MaximumNetworkInterfaces,
    addressesPerInterface: network.Ipv4AddressesPerInterface ?? 1,
  };
}

/** Finds the smallest type of the same family whose ENIs take so many addresses; `undefined` where none does. */
export async function smallestTypeFor(
  ec2: Ec2,
  instanceType: string,
  addresses: number,
  options: CallOptions = {},
): Promise<string | undefined> {
  const family = `${instanceType.split('.')[0] ?? ''}.*`;
  const input = { Filters: [{ Name: 'instance-type', Values: [family] }] };
  const types = await allPages(
    (page) => ec2.describeInstanceTypes({ ...input, ...page }, options),
    (answer) => answer.InstanceTypes,
    () => undefined,
  );
  const fitting = types
    .filter(({ NetworkInfo }) => (NetworkInfo?.Ipv4AddressesPerInterface ?? 0) >= addresses)
    .sort((a, b) => (a.MemoryInfo?.SizeInMiB ?? 0) - (b.MemoryInfo?.SizeInMiB ?? 0));
  return fitting[0]?.InstanceType;
}

/** Lists the images that a choice fits, the newest first. */
export async function readImages(
  ec2: Ec2,
  choice: ImageChoice,
  options: CallOptions = {},
): Promise<readonly Image[]> {
  const { Images = [] } = await ec2.describeImages(imageQuery(choice), options).catch((error: unknown) => {
    const refused = isCoreError(error, 'aws.refused') && error.data.awsCode.startsWith('InvalidAMIID');
    if (refused) return { Images: [] };
    throw error;
  });
  return Images.map((image) => ({
    id: image.ImageId ?? '',
    name: image.Name ?? '',
    owner: image.OwnerId ?? '',
    createdAt: image.CreationDate ?? '',
  })).sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}

/** Reads how many EIPs the account may have here, and how many it has. */
export async function readEipQuota(ec2: Ec2, options: CallOptions = {}): Promise<EipQuota> {
  const [quota, { Addresses = [] }] = await Promise.all([
    readEipLimit(ec2, options),
    ec2.describeAddresses({}, options),
  ]);
  return quota === undefined ? { inUse: Addresses.length } : { quota, inUse: Addresses.length };
}

/** Reads how many EIPs the account may have here; `undefined` where EC2 does not say. */
export async function readEipLimit(ec2: Ec2, options: CallOptions = {}): Promise<number | undefined> {
  // The SDK's list of names is older than this one.
  const AttributeNames = ['vpc-max-elastic-ips' as 'supported-platforms'];
  const { AccountAttributes = [] } = await ec2.describeAccountAttributes({ AttributeNames }, options);
  const attribute = AccountAttributes.find(({ AttributeName }) => AttributeName === 'vpc-max-elastic-ips');
  const quota = Number(attribute?.AttributeValues?.[0]?.AttributeValue ?? Number.NaN);
  return Number.isNaN(quota) ? undefined : quota;
}

/** Lists the names of the Region's key pairs. */
export async function readKeyNames(ec2: Ec2, options: CallOptions = {}): Promise<readonly string[]> {
  const { KeyPairs = [] } = await ec2.describeKeyPairs({}, options);
  return KeyPairs.flatMap(({ KeyName }) => KeyName ?? []).sort();
}

function imageQuery(choice: ImageChoice): Ec2Input<'describeImages'> {
  if ('id' in choice) return { ImageIds: [choice.id] };
  const filters = { name: choice.name, state: 'available', architecture: choice.architecture };
  return {
    // Anybody can publish an image under any name: only its owner makes a name mean something.
    Owners: [choice.owner],
    Filters: Object.entries(filters).flatMap(([Name, value]) =>
      value === undefined ? [] : { Name, Values: [value] },
    ),
  };
}
