/** A program that owns the configuration of a guest's interface. */
export type NetworkManager =
  | 'ifupdown'
  | 'ifupdown-ng'
  | 'ifupdown2'
  | 'netplan'
  | 'networkd'
  | 'NetworkManager'
  | 'nm-cloud-setup'
  | 'amazon-ec2-net-utils'
  | 'ec2-net-utils'
  | 'unknown';

/** A secondary address as the guest is to hold it, such as 192.168.1.101/32 labelled `eth0:1`. */
export interface GuestAddress {
  readonly address: string;
  readonly prefixLength: number;
  /** Absent where the interface's name leaves no room for one. */
  readonly label?: string;
}

/** How the addresses of a further ENI are answered from: by a table of their own, and not through the primary ENI. */
export interface Routing {
  /** The subnet, such as 192.168.1.0/24. */
  readonly network: string;
  readonly gateway: string;
  readonly table: number;
}

/** A routing table together with the addresses that begin to use it, and those that cease to. */
export interface GuestRouting extends Routing {
  readonly add: readonly string[];
  readonly drop: readonly string[];
}

/** An IPv4 address as the guest's kernel has it. */
export interface LiveAddress {
  readonly address: string;
  readonly prefixLength: number;
  /** Such as `eth0:1`; equal to the interface's name where it has no label of its own. */
  readonly label: string;
  /** Whether it is leased, as by DHCP. */
  readonly dynamic: boolean;
}

/** An Ethernet interface as the guest's kernel has it. */
export interface GuestLink {
  readonly name: string;
  /** In lower case, such as `02:00:00:00:00:01`. */
  readonly mac: string;
  /** What a VLAN and the like stands on, or the other end of a pair, which may be in another namespace. */
  readonly on?: string;
  /** The bridge or bond that it is a port of. */
  readonly master?: string;
}

/** One interface of a guest. */
export interface GuestInterface extends GuestLink {
  readonly manager: NetworkManager;
  /** The unit of networkd, or the profile of NetworkManager, that is in force; absent with other managers. */
  readonly source?: string;
  readonly addresses: readonly LiveAddress[];
}

/** A file as it was read, with bytes kept. */
export interface GuestFile {
  /** The path after symbolic links were followed: what is changed where the file is changed. */
  readonly path: string;
  /** The name by which it is read; differs from `path` for a symbolic link. */
  readonly readAs: string;
  readonly bytes: Buffer;
}

/** What was read of a guest in one go; nothing was changed for it. */
export interface GuestFacts {
  readonly hostname: string;
  /** Whether the hostname resolves from `/etc/hosts`; where not, every sudo waits. */
  readonly hostnameResolves: boolean;
  readonly interfaces: readonly GuestInterface[];
  /** What `ip rule` says: which table the kernel asks for whose packets. */
  readonly rules: string;
  /** What the managers read, such as `/etc/network/interfaces` and all that it includes, and `/etc/hosts`. */
  readonly files: readonly GuestFile[];
  /** Directories that the configuration includes and that are there. */
  readonly directories: readonly string[];
}
