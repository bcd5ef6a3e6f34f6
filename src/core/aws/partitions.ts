/** One of AWS's separate clouds: an account of one knows nothing of the others. */
export interface Partition {
  /** As in ARNs. */
  readonly id: 'aws' | 'aws-cn' | 'aws-us-gov';
  /** What the names of its services end in. */
  readonly dnsSuffix: string;
  readonly consoleHost: string;
  /** Where its services that have no Region answer. */
  readonly globalRegion: string;
  readonly iamHost: string;
}

const commercial: Partition = {
  id: 'aws',
  dnsSuffix: 'amazonaws.com',
  consoleHost: 'console.aws.amazon.com',
  globalRegion: 'us-east-1',
  iamHost: 'iam.amazonaws.com',
};

const china: Partition = {
  id: 'aws-cn',
  dnsSuffix: 'amazonaws.com.cn',
  consoleHost: 'console.amazonaws.cn',
  globalRegion: 'cn-north-1',
  iamHost: 'iam.cn-north-1.amazonaws.com.cn',
};

const govCloud: Partition = {
  id: 'aws-us-gov',
  dnsSuffix: 'amazonaws.com',
  consoleHost: 'console.amazonaws-us-gov.com',
  globalRegion: 'us-gov-west-1',
  iamHost: 'iam.us-gov.amazonaws.com',
};

/** The partition that a Region is in. */
export function partitionOf(region: string): Partition {
  if (region.startsWith('cn-')) return china;
  return region.startsWith('us-gov-') ? govCloud : commercial;
}

/** The page of the AWS console about a VPC, an ENI or an Elastic IP. */
export function consoleUrl(region: string, kind: 'vpc' | 'eni' | 'eip', id: string): string {
  const host = `${region}.${partitionOf(region).consoleHost}`;
  const page = {
    vpc: `vpcconsole/home?region=${region}#VpcDetails:VpcId=`,
    eni: `ec2/home?region=${region}#NetworkInterface:networkInterfaceId=`,
    eip: `ec2/home?region=${region}#ElasticIpDetails:AllocationId=`,
  }[kind];
  return `https://${host}/${page}${encodeURIComponent(id)}`;
}
