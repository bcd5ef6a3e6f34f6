import { kinds } from './kinds.ts';

/** How one kind of guest is made: everything that decides what is in its disk image. */
export interface ImageRecipe {
  /** Short name for messages and for the cache, such as `debian-12-ifupdown`. */
  readonly name: string;
  /** Debian's release name. */
  readonly suite: string;
  /** What is installed beside Debian's minimal base. */
  readonly packages: readonly string[];
  /** Shell script that runs once inside the new tree, as root. */
  readonly prepare: string;
  /** The user that the instance's key pair lets in, as the distribution's own EC2 images name it. */
  readonly user: string;
  /** The image that this one is a layer over; without it the image is made from nothing. */
  readonly base?: ImageRecipe;
}

/** Debian 12 as its EC2 images of that time were, with ifupdown, and the interface in the classic place. */
const debian12Ifupdown: ImageRecipe = {
  name: 'debian-12-ifupdown',
  suite: 'bookworm',
  user: 'admin',
  packages: [
    'systemd',
    'systemd-sysv',
    'dbus',
    'openssh-server',
    'ifupdown',
    'isc-dhcp-client',
    'iproute2',
    'iputils-ping',
    'procps',
    'sudo',
    'netcat-openbsd',
    'curl',
    'python3-minimal',
    'nftables',
  ],
  prepare: `
set -eu
useradd --create-home --shell /bin/bash --comment 'Debian' --groups sudo admin
echo 'admin ALL=(ALL) NOPASSWD:ALL' >/etc/sudoers.d/90-cloud-init-users
chmod 440 /etc/sudoers.d/90-cloud-init-users
cat >/etc/network/interfaces <<'END'
# This file describes the network interfaces available on your system
# and how to activate them. For more information, see interfaces(5).

source /etc/network/interfaces.d/*

# The loopback network interface
auto lo
iface lo inet loopback

# The primary network interface
auto eth0
iface eth0 inet dhcp
END
printf '127.0.0.1\\tlocalhost\\n::1\\t\\tlocalhost ip6-localhost ip6-loopback\\n' >/etc/hosts
# Each instance makes its own.
rm -f /etc/ssh/ssh_host_* /etc/resolv.conf /etc/hostname
: >/etc/machine-id
# A guest has no way to Debian's mirrors, and its clock is the machine's.
systemctl mask apt-daily.timer apt-daily-upgrade.timer e2scrub_all.timer systemd-resolved.service
rm -rf /var/cache/apt/archives/*.deb /var/lib/apt/lists/* /usr/share/doc/* /usr/share/man/* /usr/share/locale/*
`,
};

const byImageId: Readonly<Record<string, ImageRecipe>> = Object.fromEntries(
  Object.entries(kinds).map(([imageId, layer]) => [
    imageId,
    { ...layer, suite: debian12Ifupdown.suite, user: debian12Ifupdown.user, base: debian12Ifupdown },
  ]),
);

/** The recipe for an AMI id; an id with no recipe of its own boots Debian 12 with ifupdown. */
export function recipeFor(imageId: string): ImageRecipe {
  return byImageId[imageId] ?? debian12Ifupdown;
}
