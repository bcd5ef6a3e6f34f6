import type { GuestAddress } from '../facts.ts';
import { isMarkerOf, markerLine } from '../markers.ts';
import { insertLines, removeLines } from '../textBlocks.ts';

/** One of our blocks: what it brings up, and for whom. */
export interface Block extends GuestAddress {
  readonly interface: string;
  readonly instanceId: string;
  /** What is missing: usually both, one where the other half was already there. */
  readonly halves: 'both' | 'auto' | 'stanza';
}

function blockLines(block: Block): string[] {
  const lines = [markerLine(block.address, block.instanceId)];
  const name = block.label ?? block.interface;
  if (block.halves !== 'stanza' && block.label !== undefined) lines.push(`auto ${name}`);
  if (block.halves !== 'auto') lines.push(...stanzaLines(block, name));
  if (block.halves === 'auto' && block.label === undefined) lines.push(`auto ${name}`);
  return lines;
}

/**
 * An alias of its own, or, where the interface's name leaves no room for a label, one more stanza of the
 * interface: ifupdown applies all of them.
 */
function stanzaLines(block: Block, name: string): string[] {
  const withPrefix = `${block.address}/${block.prefixLength}`;
  if (block.label === undefined) {
    return [
      `iface ${name} inet manual`,
      `    up ip addr replace ${withPrefix} dev $IFACE`,
      `    down ip addr del ${withPrefix} dev $IFACE || true`,
    ];
  }
  return [
    `iface ${name} inet static`,
    `    address ${block.address}`,
    // Not `address …/32`: newer versions then add a broadcast route that is of no use.
    `    netmask ${block.prefixLength}`,
  ];
}

/** Appends a block at the end of a file's text (latin1), changing nothing before it. */
export function appendBlock(text: string, block: Block): string {
  return insertBlock(text, block, '');
}

/** Puts a block between two parts of a file's text, of which the second begins with a whole statement. */
export function insertBlock(before: string, block: Block, after: string): string {
  return insertLines(before, blockLines(block), after);
}

/** Takes out our blocks of these addresses; the rest stays byte for byte. */
export function removeBlocks(text: string, addresses: readonly string[]): string {
  return addresses.reduce(
    (rest, address) => removeLines(rest, { isFirst: (line) => isMarkerOf(line, address), others: shapes }),
    text,
  );
}

/** What our blocks hold below their comment. */
const shapes = [/^auto /, /^iface /, /^ {4}(address|up) /, /^ {4}(netmask|down) /];
