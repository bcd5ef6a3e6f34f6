import type { OwnAddress } from '../backend.ts';
import type { GuestAddress } from '../facts.ts';
import { isMarkerOf, markedAddresses, markerLine } from '../markers.ts';
import { linesOf } from '../textBlocks.ts';

// For an interface with DHCP, ifupdown2 runs hooks in an environment that has neither a path nor the interface's name.
const header = '#!/bin/sh\nPATH=/usr/sbin:/usr/bin:/sbin:/bin\n';

/** Adds an address of an interface to the text of our hook; lines of one address stand below its comment. */
export function addToHook(text: string, nic: string, entry: GuestAddress, instanceId: string): string {
  const { address, prefixLength, label } = entry;
  const labelled = label === undefined ? '' : ` label ${label}`;
  const before = text === '' ? header : /[^\n]$/.test(text) ? `${text}\n` : text;
  return `${before}${markerLine(address, instanceId)}
[ ! -e /sys/class/net/${nic} ] || ip addr replace ${address}/${prefixLength} dev ${nic}${labelled}
`;
}

/** Takes addresses out of our hook; empty where nothing is left. */
export function removeFromHook(text: string, addresses: readonly string[]): string {
  const lines = linesOf(text);
  const ownerOf = (line = '') => addresses.find((address) => isMarkerOf(line, address));
  const left = lines
    .filter((line, index) => {
      const address = ownerOf(lines[index - 1]);
      return ownerOf(line) === undefined && !(address !== undefined && line.includes(` replace ${address}/`));
    })
    .join('');
  return left === header ? '' : left;
}

/** The addresses that our hook gives to an interface. */
export function addressesInHook(text: string, nic: string): OwnAddress[] {
  return markedAddresses(text).filter(({ address }) => lineOf(text, nic, address) !== undefined);
}

/** The label of an address in our hook. */
export function labelInHook(text: string, nic: string, address: string): string | undefined {
  return /label (\S+)$/.exec(lineOf(text, nic, address) ?? '')?.[1];
}

function lineOf(text: string, nic: string, address: string): string | undefined {
  return text
    .split('\n')
    .find((line) => line.includes(`replace ${address}/`) && `${line} `.includes(` dev ${nic} `));
}
