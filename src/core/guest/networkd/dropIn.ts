import { isMarkerOf, markerLine } from '../markers.ts';
import { insertLines, removeLines } from '../textBlocks.ts';

/** Appends an address to the text of our drop-in. */
export function appendAddress(text: string, address: string, instanceId: string): string {
  const block = ['[Address]', `Address=${address}/32`, 'AddPrefixRoute=false'];
  return insertLines(text, [markerLine(address, instanceId), ...block]);
}

/** Takes our blocks of these addresses out; the rest stays byte for byte. */
export function removeAddresses(text: string, addresses: readonly string[]): string {
  return addresses.reduce(
    (rest, address) => removeLines(rest, { isFirst: (line) => isMarkerOf(line, address), others: shapes }),
    text,
  );
}

const shapes = [/^\[Address\]/, /^Address=/, /^AddPrefixRoute=/];
