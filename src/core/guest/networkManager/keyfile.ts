import { isMarkerOf, markerLine } from '../markers.ts';
import { linesOf } from '../textBlocks.ts';

const section = /^[ \t]*\[ipv4\][ \t]*\r?\n/m;

/** Whether a profile has an `[ipv4]` section that addresses can be added to. */
export function takesAddresses(text: string): boolean {
  return section.test(text);
}

/** Whether a profile has an address. */
export function isInKeyfile(text: string, address: string): boolean {
  const escaped = address.replaceAll('.', '\\.');
  const key = new RegExp(`^[ \\t]*address(?:es)?\\d*[ \\t]*=[ \\t]*${escaped}(?=[/,;\\s]|$)`);
  return ipv4Lines(text).some((line) => key.test(line));
}

/**
 * Adds an address at the head of the `[ipv4]` section, where it can be taken out again without knowing more.
 *
 * The order of keys means nothing to NetworkManager, and numbers may have gaps; the lowest is the primary address.
 */
export function addToKeyfile(text: string, address: string, instanceId: string): string {
  const numbers = ipv4Lines(text).flatMap((line) => {
    const [, number] = /^[ \t]*address(?:es)?(\d+)[ \t]*=/.exec(line) ?? [];
    return number === undefined ? [] : [Number(number)];
  });
  const next = Math.max(0, ...numbers) + 1;
  return text.replace(
    section,
    (head) => `${head}${markerLine(address, instanceId)}\naddress${next}=${address}/32\n`,
  );
}

/** Takes our addresses out; the rest stays byte for byte. */
export function removeFromKeyfile(text: string, addresses: readonly string[]): string {
  const lines = linesOf(text);
  const ownerOf = (line = '') => addresses.find((address) => isMarkerOf(line, address));
  return lines
    .filter((line, index) => {
      const address = ownerOf(lines[index - 1]);
      const isValue = address !== undefined && /^address\d+=(.*)\/32\s*$/.exec(line)?.[1] === address;
      return ownerOf(line) === undefined && !isValue;
    })
    .join('');
}

/** The lines of all `[ipv4]` sections: NetworkManager reads several as one. */
function ipv4Lines(text: string): string[] {
  let inside = false;
  return linesOf(text).filter((line) => {
    if (/^[ \t]*\[/.test(line)) inside = /^[ \t]*\[ipv4\][ \t]*\r?\n?$/.test(line);
    return inside;
  });
}
