import assert from 'node:assert/strict';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { NetworkManager } from '../../../../src/core/guest/facts.ts';
import { keeperOf } from '../../../../src/core/guest/keeper.ts';
import { unpackedPackage } from '../../debianPackage.ts';
import type { KindGuest } from './guests.ts';

/** Something that gives a guest its secondary addresses by itself. */
export interface Agent {
  readonly name: NetworkManager | 'cloud-init';
  /** The kind of guest that it is put on. */
  readonly kind: string;
  /** Puts it on the guest, where it takes the interface over and has brought up nothing yet. */
  readonly install: (guest: KindGuest) => Promise<unknown>;
  /** Has it do its work: all that EC2 has assigned comes up. */
  readonly work: (guest: KindGuest) => Promise<unknown>;
}

const bringUp = ({ addresses }: KindGuest, each: (address: string) => string) =>
  addresses.map(each).join('\n');

/** With the subnet's mask, as an agent does that knows no better. */
const addBroadly = (guest: KindGuest) =>
  guest.inGuest(bringUp(guest, (address) => `ip -4 addr add ${address}/24 brd + dev eth0`));

const cloudInitPath = '/opt/cloud-init';

/** Debian's package and what it imports, where nothing starts it. */
async function putCloudInit(guest: KindGuest): Promise<void> {
  const root = (await guest.lab.guests()).find(({ instanceId }) => instanceId === guest.instanceId);
  const libraries = ['certifi', 'chardet', 'configobj', 'idna', 'requests', 'six', 'urllib3', 'yaml'];
  const names = ['cloud-init', ...libraries.map((library) => `python3-${library}`)];
  const put = async (name: string, folder: string) => {
    const to = join(root?.rootDirectory ?? '', cloudInitPath);
    await cp(join(await unpackedPackage(name), 'usr/lib', folder), to, { recursive: true });
  };
  for (const name of names) await put(name, 'python3/dist-packages');
  // The guest has a small python alone.
  await put('libpython3.11-stdlib', 'python3.11');
}

/** Has cloud-init make its file, as on Debian, of what EC2's metadata says of an interface. */
const renderByCloudInit = `
import sys, requests
from cloudinit.distros import debian
from cloudinit.net import eni, network_state
from cloudinit.sources.DataSourceEc2 import convert_ec2_metadata_network_config
mac, root = sys.argv[1], "http://169.254.169.254/latest/"
token = requests.put(root + "api/token", headers={"X-aws-ec2-metadata-token-ttl-seconds": "60"}).text
def read(leaf):
    place = f"{root}meta-data/network/interfaces/macs/{mac}/{leaf}"
    answer = requests.get(place, headers={"X-aws-ec2-metadata-token": token})
    answer.raise_for_status()
    return answer.text
metadata = {"local-ipv4s": read("local-ipv4s").split(), "subnet-ipv4-cidr-block": "192.168.1.0/24", "device-number": "0"}
config = convert_ec2_metadata_network_config({"interfaces": {"macs": {mac: metadata}}}, {mac: "eth0"}, "eth0", True)
renderer = eni.Renderer(dict(debian.Distro.renderer_configs["eni"], netrules_path=None))
renderer.render_network_state(network_state.parse_net_config_data(config), target="/")
`;

/**
 * Each agent once. What Debian packages is real: amazon-ec2-net-utils 2.x, and what cloud-init
 * makes of the metadata and its file. ec2-net-utils 1.x is Amazon Linux 2's alone, and Debian builds NetworkManager without
 * nm-cloud-setup: what of these we look at stands in for them, and what they do at run time is done the way they do it.
 */
export const agents: readonly Agent[] = [
  {
    name: 'amazon-ec2-net-utils',
    kind: 'networkd',
    install: async (guest) => {
      const root = (await guest.lab.guests()).find(({ instanceId }) => instanceId === guest.instanceId);
      const tree = await unpackedPackage('amazon-ec2-net-utils');
      for (const part of ['usr', 'lib/systemd/system']) {
        await cp(join(tree, part), join(root?.rootDirectory ?? '', part === 'usr' ? 'usr' : `usr/${part}`), {
          recursive: true,
        });
      }
      // The lab's NIC is half of a veth pair; and udev, which starts the unit on EC2, is not in a container.
      await guest.inGuest(`
        sed -i 's/^Driver=.*/Driver=veth/' /usr/lib/systemd/network/80-ec2.network
        # At first the metadata tells of the primary address alone, as right after an address was assigned.
        sed 's/local-ipv4s | tail -n +2/local-ipv4s | head -n 0/' -i.real /usr/share/amazon-ec2-net-utils/lib.sh
        systemctl daemon-reload
        systemctl start refresh-policy-routes@eth0.service
        mv /usr/share/amazon-ec2-net-utils/lib.sh.real /usr/share/amazon-ec2-net-utils/lib.sh`);
    },
    work: (guest) => guest.inGuest('systemctl start refresh-policy-routes@eth0.service'),
  },
  {
    name: 'ec2-net-utils',
    kind: 'ifupdown-classic',
    // Amazon Linux 2 has no ifupdown: its network scripts start dhclient, whose hook calls these functions.
    install: (guest) =>
      guest.inGuest(`
        mkdir -p /etc/sysconfig/network-scripts
        : > /etc/sysconfig/network-scripts/ec2net-functions`),
    work: (guest) => addBroadly(guest),
  },
  {
    name: 'nm-cloud-setup',
    kind: 'NetworkManager',
    install: (guest) =>
      guest.inGuest(`
        printf '[Timer]\\nOnBootSec=1h\\n[Install]\\nWantedBy=timers.target\\n' > /etc/systemd/system/nm-cloud-setup.timer
        printf '[Service]\\nType=oneshot\\nExecStart=/bin/true\\n' > /etc/systemd/system/nm-cloud-setup.service
        systemctl daemon-reload; systemctl enable --quiet nm-cloud-setup.timer`),
    work: (guest) => addBroadly(guest),
  },
  {
    name: 'cloud-init',
    kind: 'ifupdown-cloud-init',
    install: putCloudInit,
    // On an instance's first boot with these addresses it writes its file; ifupdown brings up what that says.
    work: async (guest) => {
      await guest.inGuest(`PYTHONPATH=${cloudInitPath}:${cloudInitPath}/lib-dynload python3 -W ignore - ${guest.mac} <<'END'
${renderByCloudInit}END`);
      await guest.reboot();
    },
  },
];

/** An agent that has not done its work is named, and waited for; once it has, nothing is written beside it. */
export async function assertLeftTo({ name, install, work }: Agent, guest: KindGuest): Promise<void> {
  const { operator, addresses, mac } = guest;
  await install(guest);
  const before = await guest.inGuest('find /etc -type f -newer /proc/1 | sort');
  if (name !== 'cloud-init') {
    await assert.rejects(operator.call('plan', { addresses }), {
      code: 'guest.agentConfigures',
      data: { interface: 'eth0', agent: name, addresses },
    });
    assert.equal(await guest.inGuest('find /etc -type f -newer /proc/1 | sort'), before);
  }
  await work(guest);
  assert.deepEqual((await operator.call('plan', { addresses })).changes, []);
  assert.equal(keeperOf(await operator.call('facts'), { mac, addresses }), name);
}
