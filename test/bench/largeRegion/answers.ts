/** How large the Region is: ENIs, and secondary addresses of each. */
export const ENIS = 5_000;
const ADDRESSES = 3;
const PAGE = 500;

const id = (prefix: string, number: number): string => `${prefix}-${number.toString(16).padStart(17, '0')}`;
const ip = (base: number, number: number): string =>
  `${String(base)}.${String((number >> 16) & 255)}.${String((number >> 8) & 255)}.${String(number & 255)}`;

/** One answer of EC2's in its documented shape; `undefined` for a call that the bench does not expect. */
export function answerTo(action: string, token: string | null): string | undefined {
  switch (action) {
    case 'DescribeNetworkInterfaces':
      return page(action, 'networkInterfaceSet', ENIS, token, eni);
    case 'DescribeAddresses':
      return answer(action, set('addressesSet', range(0, ENIS * ADDRESSES).map(address)));
    case 'DescribeInstances':
      return page(action, 'reservationSet', ENIS / 10, token, reservation);
    case 'DescribeVpcs':
      return answer(action, set('vpcSet', range(0, 20).map(vpc)));
    case 'DescribeSubnets':
      return answer(action, set('subnetSet', range(0, 60).map(subnet)));
    case 'DescribeInternetGateways':
    case 'DescribeRouteTables':
    case 'DescribeSecurityGroups':
    case 'DescribeKeyPairs':
    case 'DescribeNetworkAcls':
      return answer(action, '');
    default:
      return undefined;
  }
}

function page(
  action: string,
  name: string,
  count: number,
  token: string | null,
  item: (number: number) => string,
): string {
  const from = Number(token ?? 0);
  const to = Math.min(count, from + PAGE);
  const next = to < count ? `<nextToken>${String(to)}</nextToken>` : '';
  return answer(action, set(name, range(from, to).map(item)) + next);
}

const answer = (action: string, body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r</requestId>${body}</${action}Response>`;

const set = (name: string, items: readonly string[]): string =>
  `<${name}>${items.map((item) => `<item>${item}</item>`).join('')}</${name}>`;

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);

const tags = (name: string): string =>
  `<tagSet><item><key>Name</key><value>${name}</value></item><item><key>owner</key><value>mail</value></item></tagSet>`;

function association(number: number): string {
  const publicIp = ip(44, number);
  return `<association><publicIp>${publicIp}</publicIp><publicDnsName>ec2-${publicIp.replaceAll('.', '-')}.compute-1.amazonaws.com</publicDnsName><ipOwnerId>123456789012</ipOwnerId><allocationId>${id('eipalloc', number)}</allocationId><associationId>${id('eipassoc', number)}</associationId></association>`;
}

function eni(number: number): string {
  const addresses = range(0, ADDRESSES).map((index) => {
    const which = number * ADDRESSES + index;
    return `<privateIpAddress>${ip(10, which)}</privateIpAddress><primary>${String(index === 0)}</primary>${association(which)}`;
  });
  const first = number * ADDRESSES;
  return `<networkInterfaceId>${id('eni', number)}</networkInterfaceId><subnetId>${id('subnet', number % 60)}</subnetId><vpcId>${id('vpc', number % 20)}</vpcId><availabilityZone>us-east-1a</availabilityZone><description>mail ${String(number)}</description><ownerId>123456789012</ownerId><requesterManaged>false</requesterManaged><status>in-use</status><macAddress>02:00:00:00:${((number >> 8) & 255).toString(16).padStart(2, '0')}:${(number & 255).toString(16).padStart(2, '0')}</macAddress><privateIpAddress>${ip(10, first)}</privateIpAddress><sourceDestCheck>true</sourceDestCheck>${set('groupSet', [`<groupId>${id('sg', 1)}</groupId><groupName>mail</groupName>`])}<attachment><attachmentId>${id('eni-attach', number)}</attachmentId><instanceId>${id('i', number % (ENIS / 10))}</instanceId><instanceOwnerId>123456789012</instanceOwnerId><deviceIndex>${String(Math.floor(number / (ENIS / 10)))}</deviceIndex><networkCardIndex>0</networkCardIndex><status>attached</status><attachTime>2024-01-01T00:00:00.000Z</attachTime><deleteOnTermination>false</deleteOnTermination></attachment>${association(first)}${tags(`eni ${String(number)}`)}${set('privateIpAddressesSet', addresses)}<ipv6AddressesSet/><interfaceType>interface</interfaceType>`;
}

function address(number: number): string {
  const eniNumber = Math.floor(number / ADDRESSES);
  return `<publicIp>${ip(44, number)}</publicIp><allocationId>${id('eipalloc', number)}</allocationId><domain>vpc</domain><instanceId>${id('i', eniNumber % (ENIS / 10))}</instanceId><associationId>${id('eipassoc', number)}</associationId><networkInterfaceId>${id('eni', eniNumber)}</networkInterfaceId><networkInterfaceOwnerId>123456789012</networkInterfaceOwnerId><privateIpAddress>${ip(10, number)}</privateIpAddress><publicIpv4Pool>amazon</publicIpv4Pool><networkBorderGroup>us-east-1</networkBorderGroup>${tags(`eip ${String(number)}`)}`;
}

function reservation(number: number): string {
  const instance = `<instanceId>${id('i', number)}</instanceId><imageId>${id('ami', 1)}</imageId><instanceState><code>16</code><name>running</name></instanceState><keyName>mail</keyName><instanceType>m5.4xlarge</instanceType><launchTime>2024-01-01T00:00:00.000Z</launchTime><subnetId>${id('subnet', number % 60)}</subnetId><vpcId>${id('vpc', number % 20)}</vpcId>${tags(`host ${String(number)}`)}`;
  return `<reservationId>${id('r', number)}</reservationId><ownerId>123456789012</ownerId>${set('instancesSet', [instance])}`;
}

const vpc = (number: number): string =>
  `<vpcId>${id('vpc', number)}</vpcId><state>available</state><cidrBlock>10.0.0.0/16</cidrBlock><isDefault>false</isDefault>${tags(`vpc ${String(number)}`)}`;

const subnet = (number: number): string =>
  `<subnetId>${id('subnet', number)}</subnetId><vpcId>${id('vpc', number % 20)}</vpcId><cidrBlock>10.0.0.0/16</cidrBlock><availableIpAddressCount>1000</availableIpAddressCount><availabilityZone>us-east-1a</availabilityZone>${tags(`subnet ${String(number)}`)}`;
