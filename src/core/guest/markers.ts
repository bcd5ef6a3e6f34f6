import type { OwnAddress } from './backend.ts';
import type { GuestAddress, GuestFile, GuestInterface } from './facts.ts';

const marker = '# EC2 Multi-IP: secondary address';

/** The comment line above each thing that we write: for which address, and on whose behalf. */
export function markerLine(address: string, instanceId: string): string {
  return `${marker} ${address} of ${ownerWord(instanceId)}`;
}

/** An instance's id as one word of a comment: what is none, whoever gave it, must not become a line of its own. */
export function ownerWord(instanceId: string): string {
  return instanceId.replaceAll(/[^\w-]/g, '?');
}

/** Whether a line is our comment for an address. */
export function isMarkerOf(line: string, address: string): boolean {
  return line.trimStart().startsWith(`${marker} ${address} of `);
}

/** All addresses that our comments name in a text, in its order. */
export function markedAddresses(text: string): OwnAddress[] {
  return [...text.matchAll(/^[ \t]*# EC2 Multi-IP: secondary address (\S+) of (\S+)/gm)].flatMap(
    ([, address, instanceId]) =>
      address === undefined || instanceId === undefined ? [] : [{ address, instanceId }],
  );
}

/** An address as every manager but the ifupdown family holds it: without a label, and such that no route follows. */
export function plainAddress(address: string): GuestAddress {
  return { address, prefixLength: 32 };
}

/** What an interface holds of these addresses, to be taken down; what DHCP leases is never ours. */
export function liveAmong({ name, addresses }: GuestInterface, gone: readonly string[]): GuestAddress[] {
  return addresses
    .filter(({ address, dynamic }) => !dynamic && gone.includes(address))
    .map(({ address, prefixLength, label }) => ({
      address,
      prefixLength,
      ...(label === name ? {} : { label }),
    }));
}

/** A file's text, one character a byte; empty where it is not there. */
export function textOf(file: GuestFile | undefined): string {
  return file?.bytes.toString('latin1') ?? '';
}
