import { chownSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keep } from '../kept.ts';
import { runOrFail } from '../process/run.ts';

/** What the first boot of an instance puts onto its disk, as cloud-init does on EC2. */
export interface FirstBoot {
  readonly hostname: string;
  readonly user: string;
  /** One line of authorized_keys; absent for an instance launched without a key pair. */
  readonly publicKey?: string;
}

/** Where the product writes, and what notes what is done. */
const WRITTEN = [
  ...['etc/hosts', 'etc/network', 'etc/netplan', 'etc/systemd', 'etc/NetworkManager', 'etc/iproute2'],
  ...['var/lib/ec2-multi-ip', 'var/log', 'tmp', 'var/tmp'],
];

/**
 * The disk of one instance: the image, unchanged and shared, under a layer of its own that holds the differences.
 *
 * The layer is in memory: a guest writes a few megabytes, and nothing of it outlives the lab.
 */
export class Disk {
  readonly root: string;
  private readonly directory: string;

  constructor(instanceId: string) {
    this.directory = `/run/lab/guests/${instanceId}`;
    this.root = join(this.directory, 'root');
  }

  get exists(): boolean {
    return existsSync(this.root);
  }

  async create(imageLayers: readonly string[]): Promise<void> {
    const [upper, work] = [join(this.directory, 'upper'), join(this.directory, 'work')];
    for (const directory of [upper, work, this.root]) mkdirSync(directory, { recursive: true });
    const options = `lowerdir=${imageLayers.join(':')},upperdir=${upper},workdir=${work}`;
    await runOrFail(['mount', '-t', 'overlay', 'guest', '-o', options, this.root]);
  }

  /** Does what cloud-init does at the first boot, and answers what that prints on the console. */
  async personalise(first: FirstBoot): Promise<string> {
    writeFileSync(join(this.root, 'etc/hostname'), `${first.hostname}\n`);
    if (first.publicKey !== undefined) this.authorize(first.user, first.publicKey);
    return makeHostKeys(this.root, first.hostname);
  }

  /** Keeps what the product has written into the guest, and what the guest has logged of it. */
  keep(): void {
    for (const name of WRITTEN)
      keep(join(this.directory, 'upper', name), `guest-${name.replaceAll('/', '-')}`);
  }

  async remove(): Promise<void> {
    this.keep();
    await runOrFail(['umount', '--lazy', this.root]);
    rmSync(this.directory, { recursive: true, force: true });
  }

  private authorize(user: string, publicKey: string): void {
    const home = join(this.root, 'home', user);
    const { uid, gid } = statSync(home);
    const file = join(home, '.ssh/authorized_keys');
    mkdirSync(join(home, '.ssh'), { mode: 0o700 });
    writeFileSync(file, `${publicKey}\n`, { mode: 0o600 });
    for (const path of [join(home, '.ssh'), file]) chownSync(path, uid, gid);
  }
}

/** The lines with which cloud-init announces the host keys: how EC2's user learns them without asking the guest. */
async function makeHostKeys(root: string, hostname: string): Promise<string> {
  const script = `
    cd /etc/ssh
    for type in rsa ecdsa ed25519; do
      ssh-keygen -q -t $type -N '' -C "root@$1" -f ssh_host_\${type}_key </dev/null &
    done
    wait
    echo '#############################################################'
    echo '-----BEGIN SSH HOST KEY FINGERPRINTS-----'
    for key in ssh_host_*_key.pub; do ssh-keygen -l -f $key; done
    echo '-----END SSH HOST KEY FINGERPRINTS-----'
    echo '#############################################################'
    echo END
    echo '-----BEGIN SSH HOST KEY KEYS-----'
    cat ssh_host_*_key.pub
    echo '-----END SSH HOST KEY KEYS-----'
  `;
  const said = await runOrFail(['chroot', root, '/bin/sh', '-ec', script, 'sh', hostname]);
  const [fingerprints = '', keys = ''] = said.split('\nEND\n');
  return `${fingerprints.replaceAll(/^/gm, 'ec2: ')}\n${keys}`;
}
