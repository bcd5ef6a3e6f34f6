/** One of AWS's separate clouds: an account of one knows nothing of the others. */
export interface Partition {
  /** As ARNs have it. */
  readonly id: string;
  /** Where its console is. */
  readonly console: (region: string) => string;
  /** What the names of its services end in. */
  readonly dnsSuffix: string;
  /** Where its services that have no Region answer. */
  readonly globalRegion: string;
  readonly iamHost: string;
  /** The same with FIPS, where there is one; GovCloud’s always is. */
  readonly iamFipsHost: string;
}

const commercial: Partition = {
  id: 'aws',
  console: (region) => `${region}.console.aws.amazon.com`,
  dnsSuffix: 'amazonaws.com',
  globalRegion: 'us-east-1',
  iamHost: 'iam.amazonaws.com',
  iamFipsHost: 'iam-fips.amazonaws.com',
};

const partitions: readonly (Partition & { readonly regions: RegExp })[] = [
  {
    id: 'aws-cn',
    regions: /^cn-/,
    console: (region) => `${region}.console.amazonaws.cn`,
    dnsSuffix: 'amazonaws.com.cn',
    globalRegion: 'cn-north-1',
    iamHost: 'iam.cn-north-1.amazonaws.com.cn',
    iamFipsHost: 'iam.cn-north-1.amazonaws.com.cn',
  },
  {
    id: 'aws-us-gov',
    regions: /^us-gov-/,
    console: () => 'console.amazonaws-us-gov.com',
    dnsSuffix: 'amazonaws.com',
    globalRegion: 'us-gov-west-1',
    iamHost: 'iam.us-gov.amazonaws.com',
    iamFipsHost: 'iam.us-gov.amazonaws.com',
  },
  {
    id: 'aws-eusc',
    regions: /^eusc-/,
    console: () => 'console.amazonaws-eusc.eu',
    dnsSuffix: 'amazonaws.eu',
    globalRegion: 'eusc-de-east-1',
    iamHost: 'iam.eusc-de-east-1.amazonaws.eu',
    iamFipsHost: 'iam.eusc-de-east-1.amazonaws.eu',
  },
];

/** What AWS's console and ARNs can name here. */
export type NamedThing =
  { readonly kind: 'region' } | { readonly kind: 'vpc' | 'eni' | 'eip' | 'instance'; readonly id: string };

const types = { vpc: 'vpc', eni: 'network-interface', eip: 'elastic-ip', instance: 'instance' } as const;

/** The partition that a Region is in. */
export function partitionOf(region: string): Partition {
  return partitions.find(({ regions }) => regions.test(region)) ?? commercial;
}

/** The page of a thing in AWS's console, in the partition that its Region belongs to. */
export function consoleUrl(region: string, thing: NamedThing): string {
  const [service, page] = pageOf(thing);
  return `https://${partitionOf(region).console(region)}/${service}/home?region=${region}#${page}`;
}

function pageOf(thing: NamedThing): readonly [service: string, page: string] {
  switch (thing.kind) {
    case 'region':
      return ['vpcconsole', 'vpcs:'];
    case 'vpc':
      return ['vpcconsole', `VpcDetails:VpcId=${thing.id}`];
    case 'eni':
      return ['ec2', `NetworkInterface:networkInterfaceId=${thing.id}`];
    case 'eip':
      return ['ec2', `ElasticIpDetails:AllocationId=${thing.id}`];
    case 'instance':
      return ['ec2', `InstanceDetails:instanceId=${thing.id}`];
  }
}

/** The ARN of something that an account has in a Region. */
export function arnOf(
  region: string,
  account: string,
  { kind, id }: Exclude<NamedThing, { kind: 'region' }>,
): string {
  return `arn:${partitionOf(region).id}:ec2:${region}:${account}:${types[kind]}/${id}`;
}
