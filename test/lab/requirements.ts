import { ensurePackages } from './process/packages.ts';

/** The commands that the lab calls, and the Debian package that each comes from. */
const commands: Readonly<Record<string, string>> = {
  debootstrap: 'debootstrap',
  dnsmasq: 'dnsmasq-base',
  flock: 'util-linux',
  ip: 'iproute2',
  mount: 'mount',
  nft: 'nftables',
  nsenter: 'util-linux',
  python3: 'python3',
  setpriv: 'util-linux',
  'systemd-nspawn': 'systemd-container',
  unshare: 'util-linux',
};

/** One line that says why this machine cannot run the lab, or undefined where it can. */
export function labUnavailable(): string | undefined {
  if (process.platform !== 'linux')
    return `The lab needs Linux network namespaces; this is ${process.platform}.`;
  if (process.getuid?.() !== 0)
    return 'The lab needs root for its network namespaces and guests: run it with sudo.';
  return undefined;
}

/** Installs the Debian packages that the lab needs and this machine lacks. */
export async function ensureCommands(log: (line: string) => void): Promise<void> {
  await ensurePackages('The lab', commands, log);
}
