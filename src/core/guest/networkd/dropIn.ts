import { isMarkerOf, markerLine } from '../markers.ts';

/** Appends an address to the text of our drop-in. */
export function appendAddress(text: string, address: string, instanceId: string): string {
  return `${text}${text === '' ? '' : '\n'}${markerLine(address, instanceId)}
[Address]
Address=${address}/32
AddPrefixRoute=false
`;
}

/** Takes our blocks of these addresses out; the rest stays byte for byte. */
export function removeAddresses(text: string, addresses: readonly string[]): string {
  return addresses.reduce(removeAddress, text);
}

function removeAddress(text: string, address: string): string {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const first = lines.findIndex((line) => isMarkerOf(line, address));
  if (first < 0) return text;
  let end = first + 1;
  while (/^(\[Address\]|Address=|AddPrefixRoute=)/.test(lines[end] ?? '')) end += 1;
  // One blank line goes along: that before the block, or that after it where it is the first.
  if (lines[end] === '\n') end += 1;
  else if (first > 0 && lines[first - 1] === '\n') return join(lines, first - 1, end);
  return join(lines, first, end);
}

function join(lines: readonly string[], first: number, end: number): string {
  return [...lines.slice(0, first), ...lines.slice(end)].join('');
}
