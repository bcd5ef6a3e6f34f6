import type { GuestInterface, GuestLink, LiveAddress } from './facts.ts';

/**
 * The Ethernet interfaces in what `ip -o link show` printed.
 *
 * The kernel takes almost anything for a name, and a name goes into files and hooks: one that a shell or a parser
 * would take for more is none of ours.
 */
export function parseLinks(text: string): GuestLink[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\d+: (\w[\w.+=-]*)(?:@(\S+))?: (.*)\blink\/ether ([0-9a-f:]{17})/i.exec(line);
    const [, name, on, flags = '', mac] = match ?? [];
    if (name === undefined || mac === undefined) return [];
    const [, master] = / master (\S+)/.exec(flags) ?? [];
    return [
      {
        name,
        mac: mac.toLowerCase(),
        ...(on !== undefined && { on }),
        ...(master !== undefined && { master }),
      },
    ];
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

/**
 * The interface that holds an ENI's addresses: the one with its MAC address, or the bridge or bond that this is a port
 * of. A VLAN has the MAC address of what it stands on, and none of the ENI's addresses.
 */
export function interfaceOf(interfaces: readonly GuestInterface[], mac: string): GuestInterface | undefined {
  const alike = interfaces.filter((candidate) => candidate.mac === mac.toLowerCase());
  const nic = alike.find(({ on }) => !alike.some(({ name }) => name === on)) ?? alike[0];
  const master = interfaces.find(({ name }) => name === nic?.master);
  return nic?.addresses.length === 0 && master !== undefined && master.addresses.length > 0 ? master : nic;
}
