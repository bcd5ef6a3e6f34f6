import type { GuestAddress } from '../facts.ts';

/** One of our blocks: what it brings up, and for whom. */
export interface Block extends GuestAddress {
  readonly interface: string;
  readonly instanceId: string;
  /** What is missing: usually both, one where the other half was already there. */
  readonly halves: 'both' | 'auto' | 'stanza';
}

const marker = '# EC2 Multi-IP: secondary address';

/** The text of a block, without what separates it from what stands before. */
function blockText(block: Block, eol: string): string {
  const lines = [`${marker} ${block.address} of ${block.instanceId}`];
  const name = block.label ?? block.interface;
  if (block.halves !== 'stanza' && block.label !== undefined) lines.push(`auto ${name}`);
  if (block.halves !== 'auto') lines.push(...stanzaLines(block, name));
  if (block.halves === 'auto' && block.label === undefined) lines.push(`auto ${name}`);
  return lines.map((line) => line + eol).join('');
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
  return before + separator(before) + blockText(block, eolOf(before + after)) + after;
}

/** Takes out our blocks of these addresses; the rest stays byte for byte. */
export function removeBlocks(text: string, addresses: readonly string[]): string {
  return addresses.reduce((rest, address) => removeBlock(rest, address), text);
}

function removeBlock(text: string, address: string): string {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const first = lines.findIndex((line) => line.startsWith(`${marker} ${address} of `));
  if (first < 0) return text;
  let end = first + 1;
  for (const shape of shapes) if (shape.test(lines[end] ?? '')) end += 1;
  const before = lines.slice(0, first).join('');
  const after = lines.slice(end).join('');
  // Another block of ours that follows takes over what stood before this one.
  const next = /^\r?\n(?=# EC2 Multi-IP: )/.exec(after);
  if (next !== null) return before + after.slice(next[0].length);
  return withoutSeparator(before, eolOf(lines[first] ?? '')) + after;
}

/** What our blocks hold, each once at most and in this order: whatever follows is somebody else's. */
const shapes = [/^auto /, /^iface /, /^ {4}(address|up) /, /^ {4}(netmask|down) /];

function eolOf(text: string): string {
  // The first line tells, because what we append must not change the answer for what comes after it.
  return /^[^\n]*\r(\n|$)/.test(text) ? '\r\n' : '\n';
}

/** What stands between the text and a block, such that it can be taken out again without knowing more. */
function separator(text: string): string {
  if (text === '') return '';
  // A backslash takes the next line along, however it is ended: it gets a line of its own.
  return endsInBackslash(text) ? '\n\n' : eolOf(text);
}

function withoutSeparator(before: string, eol: string): string {
  if (before === '') return '';
  if (endsInBackslash(before)) return before.slice(0, -2);
  return before.slice(0, -eol.length);
}

function endsInBackslash(text: string): boolean {
  return /\\\n*$/.test(text);
}
