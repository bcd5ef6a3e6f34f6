/** A program that owns the configuration of a guest's interface. */
export type NetworkManager =
  'ifupdown' | 'ifupdown-ng' | 'ifupdown2' | 'netplan' | 'networkd' | 'NetworkManager' | 'unknown';

/** An IPv4 address as the guest's kernel has it. */
export interface LiveAddress {
  readonly address: string;
  readonly prefixLength: number;
  /** Such as `eth0:1`; equal to the interface's name where it has no label of its own. */
  readonly label: string;
}

/** One interface of a guest. */
export interface GuestInterface {
  readonly name: string;
  readonly mac: string;
  readonly manager: NetworkManager;
  readonly addresses: readonly LiveAddress[];
}

/** A file as it was read, with bytes kept. */
export interface GuestFile {
  /** The path after symbolic links were followed. */
  readonly path: string;
  readonly bytes: Buffer;
}

/** What was read of a guest in one go; nothing was changed for it. */
export interface GuestFacts {
  readonly hostname: string;
  /** Whether the hostname resolves from `/etc/hosts`; where not, every sudo waits. */
  readonly hostnameResolves: boolean;
  readonly interfaces: readonly GuestInterface[];
  /** `/etc/network/interfaces` and all that it includes, and `/etc/hosts`, where they are there. */
  readonly files: readonly GuestFile[];
}
