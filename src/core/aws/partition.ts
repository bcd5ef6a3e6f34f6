/** One of the separate clouds of AWS. */
export interface Partition {
  /** As ARNs have it. */
  readonly id: string;
  readonly regions: RegExp;
  /** Where its console is. */
  readonly console: (region: string) => string;
}

const partitions: readonly Partition[] = [
  { id: 'aws-cn', regions: /^cn-/, console: (region) => `${region}.console.amazonaws.cn` },
  { id: 'aws-us-gov', regions: /^us-gov-/, console: () => 'console.amazonaws-us-gov.com' },
  { id: 'aws-eusc', regions: /^eusc-/, console: () => 'console.amazonaws-eusc.eu' },
  { id: 'aws-iso', regions: /^us-iso-/, console: () => 'console.c2s.ic.gov' },
  { id: 'aws-iso-b', regions: /^us-isob-/, console: () => 'console.sc2s.sgov.gov' },
  { id: 'aws', regions: /^/, console: (region) => `${region}.console.aws.amazon.com` },
];

/** What AWS's console and ARNs can name here. */
export type NamedThing =
  { readonly kind: 'region' } | { readonly kind: 'vpc' | 'eni' | 'eip' | 'instance'; readonly id: string };

const types = { vpc: 'vpc', eni: 'network-interface', eip: 'elastic-ip', instance: 'instance' } as const;

/** The partition that a Region is in. */
export function partitionOf(region: string): Partition {
  const found = partitions.find(({ regions }) => regions.test(region));
  if (found === undefined) throw new RangeError(`no partition has the Region ${region}`);
  return found;
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
