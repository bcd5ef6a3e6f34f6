import assert from 'node:assert/strict';
import type { GuestInterface, NetworkManager } from '../../../src/core/guest/facts.ts';
import { findLeftOvers, proposeGuestPatch, proposeGuestRemoval } from '../../../src/core/guest/proposal.ts';
import { after, guestWith } from './guestFacts.ts';

const mac = '02:00:00:00:00:64';
const addresses = ['192.168.1.101', '192.168.1.102', '192.168.1.103'];
const unit = '/etc/systemd/network/80-dhcp.network';
const profile = '/etc/NetworkManager/system-connections/eth0.nmconnection';
const netplanUnit = '/run/systemd/network/10-netplan-eth0.network';
const matchUnit = '/run/systemd/network/10-netplan-all-en.network';

interface Case {
  readonly manager: NetworkManager;
  readonly source: string;
  /** Where the addresses are to be written. */
  readonly target: string;
  readonly files: Readonly<Record<string, string>>;
}

const dhcp = '[Match]\nName=e*\n\n[Network]\nDHCP=ipv4\n';
const cases: readonly Case[] = [
  { manager: 'networkd', source: unit, target: `${unit}.d/60-ec2-multi-ip.conf`, files: { [unit]: dhcp } },
  {
    manager: 'netplan',
    source: netplanUnit,
    target: '/etc/netplan/60-ec2-multi-ip.yaml',
    files: { [netplanUnit]: dhcp },
  },
  {
    manager: 'netplan',
    source: matchUnit,
    target: '/etc/systemd/network/10-netplan-all-en.network.d/60-ec2-multi-ip.conf',
    files: { [matchUnit]: dhcp },
  },
  { manager: 'ifupdown2', source: '', target: '/etc/network/if-up.d/60-ec2-multi-ip', files: {} },
  {
    manager: 'NetworkManager',
    source: profile,
    target: profile,
    files: { [profile]: '# by hand\n[connection]\nid=eth0\n\n[ipv4]\nmethod=auto\n\n[ipv6]\nmethod=auto' },
  },
];

function guest({ manager, source }: Case, files: Readonly<Record<string, string>>) {
  const facts = guestWith(files);
  const interfaces = facts.interfaces.map((nic): GuestInterface => ({ ...nic, manager, source }));
  return { ...facts, interfaces };
}

for (const given of cases) {
  describe(`the files of ${given.manager}, in force by ${given.source}`, () => {
    const wish = { mac, addresses, instanceId: 'i-1' };
    const [change] = proposeGuestPatch(guest(given, given.files), wish).files;
    const written = { ...given.files, [given.target]: after(change) ?? '' };

    it('hold each address once, in the place that counts', () => {
      assert.equal(change?.path, given.target);
      for (const address of addresses) assert.equal(written[given.target]?.split(`${address}/32`).length, 2);
    });

    it('hold nothing of an instance id that is none', () => {
      const hostile = { ...wish, instanceId: 'i-1\nup touch /pwned\n$(reboot)' };
      const [written] = proposeGuestPatch(guest(given, given.files), hostile).files;
      assert.doesNotMatch(after(written) ?? '', /^up touch|\$\(reboot\)/m);
    });

    it('stay as they are when they are proposed again, and what is not live is brought up', () => {
      const again = proposeGuestPatch(guest(given, written), wish);
      assert.deepEqual(again.files, []);
      assert.deepEqual(
        again.bringUp.map(({ address }) => address),
        addresses,
      );
    });

    it('are what they were once the addresses have gone, in whatever order', () => {
      let files = written;
      for (const address of ['192.168.1.102', '192.168.1.101', '192.168.1.103']) {
        const removal = proposeGuestRemoval(guest(given, files), { ...wish, addresses: [address] });
        const text = after(removal.files[0]);
        const rest = Object.entries(files).filter(([path]) => path !== given.target);
        files = Object.fromEntries(text === undefined ? rest : [...rest, [given.target, text]]);
      }
      assert.deepEqual(files, given.files);
    });

    it('tell what a cloned image brought', () => {
      const clone = { mac, addresses: ['192.168.1.102'], instanceId: 'i-2' };
      assert.deepEqual(findLeftOvers(guest(given, written), clone).sort(), [
        '192.168.1.101',
        '192.168.1.103',
      ]);
      assert.deepEqual(findLeftOvers(guest(given, written), wish), []);
    });

    it('lose what leaves and take what is new with one change', () => {
      const next = { mac, addresses: ['192.168.1.104'], instanceId: 'i-1', leaving: addresses };
      const [both] = proposeGuestPatch(guest(given, written), next).files;
      const alone = proposeGuestPatch(guest(given, given.files), next).files;
      // A label that only leaves with this change is not given anew.
      const text = (change: typeof both) => after(change)?.replaceAll(/eth0:\d/g, 'eth0:N');
      assert.equal(text(both), text(alone[0]));
    });
  });
}

describe('addresses that are configured by others', () => {
  it('are left to an agent, which is named while it has not brought them up', () => {
    const agent: Case = { manager: 'nm-cloud-setup', source: profile, target: '', files: {} };
    const wish = { mac, addresses: ['192.168.1.101'], instanceId: 'i-1' };
    assert.throws(() => proposeGuestPatch(guest(agent, {}), wish), { code: 'guest.agentConfigures' });
    const live = proposeGuestPatch(guest(agent, {}), { ...wish, addresses: ['192.168.1.100'] });
    assert.deepEqual([live.bringUp, live.files], [[], []]);
  });

  it('are found in a drop-in of somebody else, and not taken out with ours', () => {
    const other = { [unit]: dhcp, [`${unit}.d/x.conf`]: '[Address]\nAddress = 192.168.1.101/24\n' };
    const given: Case = { manager: 'networkd', source: unit, target: '', files: other };
    const wish = { mac, addresses: ['192.168.1.101'], instanceId: 'i-1' };
    assert.deepEqual(proposeGuestPatch(guest(given, other), wish).files, []);
    assert.deepEqual(proposeGuestRemoval(guest(given, other), wish).files, []);
  });

  it('are not taken from what a unit says of a neighbour, and are from every section of its own', () => {
    const wish = { mac, addresses: ['192.168.1.101'], instanceId: 'i-1' };
    const files = (text: string) =>
      proposeGuestPatch(
        guest({ manager: 'networkd', source: unit, target: '', files: {} }, { [unit]: text }),
        wish,
      ).files;
    assert.equal(files(`${dhcp}[Neighbor]\nAddress=192.168.1.101\n`).length, 1);
    for (const section of ['[Network]', '[Address]', ' [Address]\t'])
      assert.deepEqual(files(`${dhcp}${section}\r\nAddress = 192.168.1.101\r\n`), [], section);
  });

  it('are not written to a file of netplan’s that is ours by its name alone', () => {
    const path = '/etc/netplan/60-ec2-multi-ip.yaml';
    const given: Case = { manager: 'netplan', source: netplanUnit, target: path, files: {} };
    const wish = { mac, addresses: ['192.168.1.101'], instanceId: 'i-1' };
    for (const text of ['network: {version: 2}\n', 'network:\n  ethernets: {}\n', '# nothing\n'])
      assert.throws(() => proposeGuestPatch(guest(given, { [path]: text }), wish), {
        code: 'guest.ownFileForeign',
        data: { path },
      });
  });

  it('are not written where netplan has NetworkManager do the work', () => {
    const path = '/run/NetworkManager/system-connections/netplan-eth0.nmconnection';
    const given: Case = { manager: 'netplan', source: path, target: '', files: {} };
    assert.throws(() => proposeGuestPatch(guest(given, {}), { mac, addresses, instanceId: 'i-1' }), {
      code: 'guest.unsupportedManager',
    });
  });

  it('are not written to a unit of several interfaces, each of which would take them', () => {
    const given: Case = { manager: 'networkd', source: unit, target: '', files: { [unit]: dhcp } };
    const facts = guest(given, given.files);
    const [eth0] = facts.interfaces;
    assert.ok(eth0);
    const two = { ...facts, interfaces: [eth0, { ...eth0, name: 'eth1', mac: '02:ff' }] };
    assert.throws(() => proposeGuestPatch(two, { mac, addresses, instanceId: 'i-1' }), {
      code: 'guest.sharedUnit',
    });
  });
});
