import { parseAddress, parseCidr } from '../../model/addresses.ts';

/** Whether an IPv4 range holds an address; what is no IPv4 range, such as a group's id, holds none. */
export function holds(cidr: string, address: string): boolean {
  if (!cidr.includes('/') || cidr.includes(':')) return false;
  const { first, last } = parseCidr(cidr);
  const value = parseAddress(address);
  return first <= value && value <= last;
}

/** Whether a port lies in a range; a range without ends holds all. */
export function inRange(port: number, { fromPort = 0, toPort = 65_535 }: PortRange): boolean {
  return fromPort <= port && port <= toPort;
}

/** Ports from and to; without them all. */
export interface PortRange {
  readonly fromPort?: number;
  readonly toPort?: number;
}

/** Whether TCP is meant by a protocol's name or number. */
export function isTcp(protocol: string): boolean {
  return ['tcp', '6', '-1'].includes(protocol);
}
