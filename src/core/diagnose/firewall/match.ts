import { isIPv4 } from 'node:net';
import { parseAddress } from '../../model/addresses.ts';
import type { Perhaps } from './rules.ts';

/** Whether an address is in a range or equals one; IPv6 and names are never ours. */
export function addressIn(address: string | undefined, range: string): Perhaps {
  if (range === '0.0.0.0/0' || range === '0.0.0.0/0.0.0.0') return true;
  const [base = '', mask = '32'] = range.split('/');
  if (!isIPv4(base)) return range.includes(':') ? false : undefined;
  if (address === undefined) return undefined;
  const size = sizeOf(mask);
  if (size === undefined) return undefined;
  return Math.floor(parseAddress(base) / size) === Math.floor(parseAddress(address) / size);
}

/** How many addresses a mask leaves, written as a length or in four parts; none where it has gaps. */
function sizeOf(mask: string): number | undefined {
  const size = isIPv4(mask) ? 2 ** 32 - parseAddress(mask) : 2 ** (32 - Number(mask));
  return size >= 1 && Number.isInteger(Math.log2(size)) ? size : undefined;
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
