import { isMarkerOf, markerLine } from '../markers.ts';

const section = /^[ \t]*\[ipv4\][ \t]*\r?\n/m;

/** Whether a profile has an `[ipv4]` section that addresses can be added to. */
export function takesAddresses(text: string): boolean {
  return section.test(text);
}

/** Whether a profile has an address. */
export function isInKeyfile(text: string, address: string): boolean {
  const body = ipv4Section(text);
  return new RegExp(
    `^[ \\t]*address(?:es)?\\d*[ \\t]*=[ \\t]*${address.replaceAll('.', '\\.')}(?=[/,;\\s]|$)`,
    'm',
  ).test(body);
}

/**
 * Adds an address at the head of the `[ipv4]` section, where it can be taken out again without knowing more.
 *
 * The order of keys means nothing to NetworkManager, and numbers may have gaps.
 */
export function addToKeyfile(text: string, address: string, instanceId: string): string {
  const numbers = [...ipv4Section(text).matchAll(/^[ \t]*address(\d+)[ \t]*=/gm)].map(([, number]) =>
    Number(number),
  );
  const next = Math.max(0, ...numbers) + 1;
  return text.replace(
    section,
    (head) => `${head}${markerLine(address, instanceId)}\naddress${next}=${address}/32\n`,
  );
}

/** Takes our addresses out; the rest stays byte for byte. */
export function removeFromKeyfile(text: string, addresses: readonly string[]): string {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const isOwn = (line: string) => addresses.some((address) => isMarkerOf(line, address));
  return lines
    .filter((line, index) => {
      const isValue = /^address\d+=/.test(line) && isOwn(lines[index - 1] ?? '');
      return !isOwn(line) && !isValue;
    })
    .join('');
}

function ipv4Section(text: string): string {
  const start = section.exec(text);
  if (start === null) return '';
  const rest = text.slice(start.index + start[0].length);
  const end = rest.search(/^[ \t]*\[/m);
  return end < 0 ? rest : rest.slice(0, end);
}
