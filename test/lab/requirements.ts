import { run, runOrFail } from './process/run.ts';

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
  const missing = await missingPackages();
  if (missing.length === 0) return;
  const install = ['apt-get', 'install', '--yes', '--no-install-recommends', ...missing];
  if ((await run(['sh', '-c', 'command -v apt-get'])).code !== 0)
    throw new Error(
      `The lab needs these packages, and there is no apt-get to install them: ${missing.join(', ')}`,
    );
  log(`Installing Debian packages: ${missing.join(', ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run(['apt-get', 'update'], { env });
  await runOrFail(install, { env });
}

async function missingPackages(): Promise<readonly string[]> {
  const script = 'for command; do command -v "$command" >/dev/null || echo "$command"; done';
  const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` };
  const missing = await runOrFail(['sh', '-c', script, 'sh', ...Object.keys(commands)], { env });
  return [...new Set(missing.split('\n').flatMap((command) => commands[command] ?? []))];
}
