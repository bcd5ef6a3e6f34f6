import ipaddr from 'ipaddr.js';
import { holds } from '../cloud/match.ts';
import type { Perhaps } from './rules.ts';

/** Whether an address is in a range or equals one; IPv6 and names are never ours. */
export function addressIn(address: string | undefined, range: string): Perhaps {
  if (range === '0.0.0.0/0' || range === '0.0.0.0/0.0.0.0') return true;
  const [base = '', mask = '32'] = range.split('/');
  if (!ipaddr.IPv4.isValidFourPartDecimal(base)) return range.includes(':') ? false : undefined;
  if (address === undefined) return undefined;
  const length = mask.includes('.') ? ipaddr.IPv4.parse(mask).prefixLengthFromSubnetMask() : Number(mask);
  if (length === null) return undefined;
  return holds(`${ipaddr.IPv4.networkAddressFromCIDR(`${base}/${length}`).toString()}/${length}`, address);
}

/** Whether a port is the one or in the range `from` to `to`. */
export function portIn(port: number | undefined, from: number, to = from): Perhaps {
  if (from <= 0 && to >= 65_535) return true;
  return port === undefined ? undefined : from <= port && port <= to;
}

/** Whether an interface's name fits a pattern, which may end in `+` or `*`. */
export function nicFits(nic: string | undefined, pattern: string): Perhaps {
  if (nic === undefined) return undefined;
  return /[+*]$/.test(pattern) ? nic.startsWith(pattern.slice(0, -1)) : nic === pattern;
}
