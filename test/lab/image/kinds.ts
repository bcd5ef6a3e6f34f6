import type { ImageRecipe } from './recipe.ts';

/** A kind of guest as a layer over the default image. */
type Layer = Pick<ImageRecipe, 'name' | 'packages' | 'prepare'>;

/** Forgets how ifupdown knows the primary interface: another manager has it. */
const withoutIfupdown = `
set -eu
printf 'auto lo\\niface lo inet loopback\\n' >/etc/network/interfaces
systemctl disable networking.service 2>/dev/null || true
`;

/** A container has no udev; what asks it to settle or to announce devices is content with an answer. */
const withoutUdev = `
for program in /bin/udevadm /usr/bin/udevadm; do
  rm -f $program
  printf '#!/bin/sh\\nexit 0\\n' >$program
  chmod 755 $program
done
`;

/** networkd alone, as netplan and plain units want it; it must not wait for udev, which a container lacks. */
const withNetworkd = `
systemctl enable systemd-networkd.service
systemctl disable systemd-networkd-wait-online.service 2>/dev/null || true
systemctl mask systemd-networkd-wait-online.service
`;

const netplan = (yaml: string): string => `${withoutIfupdown}${withoutUdev}${withNetworkd}
umask 077
mkdir -p /etc/netplan
cat >/etc/netplan/50-cloud-init.yaml <<'END'
${yaml}END
`;

const twoSourceDirectories = `# See interfaces(5), and /etc/network/interfaces.d for what cloud-init writes.
source-directory /etc/network/interfaces.d
source-directory /run/network/interfaces.d

auto lo
iface lo inet loopback
`;

const stanzaUnderRun = `#!/bin/sh
# As the udev helper of Debian's cloud images does when the interface appears.
mkdir -p /run/network/interfaces.d
printf 'auto eth0\\nallow-hotplug eth0\\niface eth0 inet dhcp\\n' >/run/network/interfaces.d/eth0
`;

/** Debian 10 and 11 on EC2: nothing but source-directory lines in /etc, and the stanza under /run. */
const cloudForm = `set -eu
cat >/etc/network/interfaces <<'END'
${twoSourceDirectories}END
cat >/usr/local/sbin/cloud-ifupdown-helper <<'END'
${stanzaUnderRun}END
chmod 755 /usr/local/sbin/cloud-ifupdown-helper
mkdir -p /etc/systemd/system/networking.service.d
printf '[Service]\\nExecStartPre=/usr/local/sbin/cloud-ifupdown-helper\\n' >/etc/systemd/system/networking.service.d/helper.conf
`;

/** ifupdown-ng takes no pattern after `source`, and refuses the whole file for one. */
const ifupdownNg = `set -eu
sed -i 's|^source .*|source-directory /etc/network/interfaces.d|' /etc/network/interfaces
mkdir -p /etc/network/interfaces.d
`;

const cloudInit = `set -eu
cat >/etc/network/interfaces <<'END'
# interfaces(5) file used by ifup(8) and ifdown(8)
# Include files from /etc/network/interfaces.d:
source /etc/network/interfaces.d/*
END
cat >/etc/network/interfaces.d/50-cloud-init <<'END'
# This file is generated from information provided by the datasource.  Changes
# to it will not persist across an instance reboot.
auto lo
iface lo inet loopback

auto eth0
iface eth0 inet dhcp
END
`;

const netplanById = `network:
    version: 2
    ethernets:
        eth0:
            dhcp4: true
`;

const netplanByMatch = `network:
    version: 2
    ethernets:
        all-en:
            match:
                name: en*
            dhcp4: true
            dhcp4-overrides:
                use-domains: true
        all-eth:
            match:
                name: eth*
            dhcp4: true
            dhcp4-overrides:
                use-domains: true
`;

const plainNetworkd = `${withoutIfupdown}${withNetworkd}
cat >/etc/systemd/network/80-dhcp.network <<'END'
[Match]
Name=eth*

[Network]
DHCP=ipv4
END
`;

const networkManager = `${withoutIfupdown}
systemctl enable NetworkManager.service
systemctl mask NetworkManager-wait-online.service
# A container's devices carry no mark of udev's, and NetworkManager waits for it.
printf '[main]\\nplugins=keyfile\\n' >/etc/NetworkManager/NetworkManager.conf
umask 077
cat >/etc/NetworkManager/system-connections/eth0.nmconnection <<'END'
# Written by hand
[connection]
id=eth0
uuid=27afa607-ee36-43f0-b8c3-9d245cdc4bb3
type=ethernet
interface-name=eth0

[ipv4]
method=auto

[ipv6]
method=disabled
END
`;

/** Every kind beside the default one, by the AMI id that launches it. */
export const kinds: Readonly<Record<string, Layer>> = {
  'ami-0deb12a0d6400c10d': { name: 'ifupdown-cloud-form', packages: [], prepare: cloudForm },
  'ami-0deb12a0d6400c1a1': { name: 'ifupdown-cloud-init', packages: [], prepare: cloudInit },
  'ami-0deb12a0d64001f02': { name: 'ifupdown2', packages: ['ifupdown2'], prepare: ':' },
  'ami-0deb12a0d64001f0a': { name: 'ifupdown-ng', packages: ['ifupdown-ng'], prepare: ifupdownNg },
  'ami-0deb12a0d64000e71': {
    name: 'netplan-id',
    packages: ['netplan.io'],
    prepare: netplan(netplanById),
  },
  'ami-0deb12a0d64000e7a': {
    name: 'netplan-all-en',
    packages: ['netplan.io'],
    prepare: netplan(netplanByMatch),
  },
  'ami-0deb12a0d64000e7d': { name: 'networkd', packages: [], prepare: plainNetworkd },
  'ami-0deb12a0d640000e3': { name: 'NetworkManager', packages: ['network-manager'], prepare: networkManager },
};
