import type { LiveAddress } from './facts.ts';

/** Names and MAC addresses of the Ethernet interfaces in what `ip -o link show` printed. */
export function parseLinks(text: string): { readonly name: string; readonly mac: string }[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\d+: ([^:@\s]+)(?:@\S+)?: .*\blink\/ether ([0-9a-f:]{17})/i.exec(line);
    const [, name, mac] = match ?? [];
    return name === undefined || mac === undefined ? [] : [{ name, mac: mac.toLowerCase() }];
  });
}

/** The IPv4 addresses of one interface in what `ip -o -4 addr show` printed. */
export function parseLiveAddresses(text: string, nic: string): LiveAddress[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\d+: (\S+)\s+inet (\d[\d.]+)(?: peer \S+)?(?:\/(\d+))?\s([^\\]*)/.exec(line);
    const [, name, address, prefix, flags] = match ?? [];
    if (name !== nic || address === undefined || flags === undefined) return [];
    const words = flags.trim().split(/\s+/);
    return [
      {
        address,
        prefixLength: Number(prefix ?? 32),
        label: words.at(-1) ?? nic,
        dynamic: words.includes('dynamic'),
      },
    ];
  });
}
