import { isIPv4 } from 'node:net';
import { CoreError } from '../base/errors.ts';

/** An IPv4 range, with its first and last address as numbers. */
export interface Cidr {
  /** Such as `192.168.1.0/24`. */
  readonly text: string;
  readonly first: number;
  readonly last: number;
  readonly prefixLength: number;
}

const LARGEST_RANGE = 16;
const SMALLEST_RANGE = 28;
/** Network, router, DNS and one for the future. */
const RESERVED_FIRST = 4;

/** Reads a dotted address as a number; shorthand, octal and surrounding space are refused. */
export function parseAddress(value: string): number {
  if (!isIPv4(value)) throw new CoreError('address.invalid', { value });
  return value.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
}

/** Writes an address as four decimal parts. */
export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
}

/** Reads a range such as `10.0.0.0/16`; bits below the prefix length must be zero. */
export function parseCidr(value: string): Cidr {
  const [address, length, ...rest] = value.split('/');
  const valid = address !== undefined && length !== undefined && rest.length === 0;
  if (!valid || !isIPv4(address) || !/^([0-9]|[12][0-9]|3[0-2])$/.test(length)) {
    throw new CoreError('cidr.invalid', { value });
  }
  const prefixLength = Number(length);
  const size = 2 ** (32 - prefixLength);
  const given = parseAddress(address);
  const first = given - (given % size);
  if (first !== given) {
    throw new CoreError('cidr.hostBits', { value, canonical: `${formatAddress(first)}/${length}` });
  }
  return { text: value, first, last: first + size - 1, prefixLength };
}

/** Reads the range of a VPC or subnet, which EC2 takes from /16 to /28. */
export function parseNetworkCidr(value: string): Cidr {
  const cidr = parseCidr(value);
  if (cidr.prefixLength < LARGEST_RANGE || cidr.prefixLength > SMALLEST_RANGE) {
    throw new CoreError('cidr.size', { value, prefixLength: cidr.prefixLength });
  }
  return cidr;
}

/** Reads a subnet's range and checks that one of the VPC's ranges holds it. */
export function parseSubnetCidr(subnet: string, vpcCidrs: readonly string[]): Cidr {
  const inner = parseNetworkCidr(subnet);
  const held = vpcCidrs.map(parseCidr).some((vpc) => vpc.first <= inner.first && inner.last <= vpc.last);
  if (!held) throw new CoreError('cidr.outsideVpc', { subnet, vpc: vpcCidrs.join(', ') });
  return inner;
}

/**
 * Checks that addresses can be given to an ENI in a subnet: each valid, inside, not reserved, held by nobody,
 * and given once.
 *
 * `holders` says who holds which address of the subnet.
 */
export function checkAddresses(
  addresses: readonly string[],
  subnet: Cidr,
  holders: ReadonlyMap<string, string>,
): void {
  const seen = new Set<string>();
  for (const address of addresses) {
    checkUsable(address, subnet);
    if (seen.has(address)) throw new CoreError('address.twice', { address });
    const by = holders.get(address);
    if (by !== undefined) throw new CoreError('address.taken', { address, by });
    seen.add(address);
  }
}

/** The lowest `count` addresses above `after` that nobody holds, then those below it. */
export function nextFreeAddresses(
  subnet: Cidr,
  count: number,
  holders: { has(address: string): boolean },
  after = subnet.first,
): readonly string[] {
  const lowest = subnet.first + RESERVED_FIRST;
  const start = Math.max(after + 1, lowest);
  const free: string[] = [];
  const take = (from: number, to: number): void => {
    for (let candidate = from; candidate < to && free.length < count; candidate++) {
      const text = formatAddress(candidate);
      if (!holders.has(text)) free.push(text);
    }
  };
  take(start, subnet.last);
  take(lowest, Math.min(start, subnet.last));
  if (free.length < count) {
    throw new CoreError('plan.tooFewFreeAddresses', {
      subnet: subnet.text,
      wanted: count,
      free: free.length,
    });
  }
  return free;
}

function checkUsable(address: string, subnet: Cidr): void {
  const value = parseAddress(address);
  if (value < subnet.first || value > subnet.last) {
    throw new CoreError('address.outsideSubnet', { address, subnet: subnet.text });
  }
  if (value < subnet.first + RESERVED_FIRST || value === subnet.last) {
    throw new CoreError('address.reserved', { address, subnet: subnet.text });
  }
}
