import assert from 'node:assert/strict';
import type { GuestFacts, GuestInterface } from '../../../src/core/guest/facts.ts';
import { proposeFurther } from '../../../src/core/guest/further/propose.ts';
import { interfaceOf, parseLinks } from '../../../src/core/guest/links.ts';
import { isEmptyProposal, proposeGuestPatch, proposeGuestRemoval } from '../../../src/core/guest/proposal.ts';
import { after, guestWith } from './guestFacts.ts';

const mac = '02:00:00:00:00:64';
const main = '/etc/network/interfaces';
const dropIn = '/etc/network/interfaces.d/60-ec2-multi-ip';
const wish = { mac, addresses: ['192.168.1.101'], instanceId: 'i-1' };
const lo = 'auto lo\niface lo inet loopback\n';

/** The facts of a guest whose interfaces are as `ip -o link show` says; the named ones hold the primary address. */
function guestOf(
  links: string,
  holder: string,
  change: Partial<GuestInterface> = {},
  files = {},
): GuestFacts {
  const facts = guestWith(files);
  const [eth0] = facts.interfaces;
  assert.ok(eth0);
  const interfaces = parseLinks(links).map((link): GuestInterface => {
    const addresses = link.name === holder ? eth0.addresses : [];
    return { ...eth0, ...link, addresses, ...(link.name === holder && change) };
  });
  return { ...facts, interfaces };
}

const line = (index: number, name: string, more = '') =>
  `${index}: ${name}: <BROADCAST,UP> mtu 9001 qdisc mq ${more}state UP\\    link/ether ${mac} brd ff:ff:ff:ff:ff:ff`;

describe('the interface that holds the addresses of an ENI', () => {
  const found = (links: readonly string[], holder: string) =>
    interfaceOf(guestOf(links.join('\n'), holder).interfaces, mac)?.name;

  it('is not the VLAN on it, in whatever order they stand', () => {
    const links = [line(2, 'eth0'), line(5, 'eth0.100@eth0')];
    assert.equal(found(links, 'eth0'), 'eth0');
    assert.equal(found(links.toReversed(), 'eth0'), 'eth0');
  });

  it('is the bridge or the bond that it is a port of, whatever that one’s MAC address', () => {
    const port = line(2, 'eth0', 'master br0 ');
    assert.equal(found([port, line(3, 'br0')], 'br0'), 'br0');
    assert.equal(found([port, line(3, 'br0').replace(mac, '02:ff:00:00:00:01')], 'br0'), 'br0');
    assert.equal(found([line(1, 'bond0'), line(2, 'eth0', 'master bond0 ')], 'bond0'), 'bond0');
  });

  it('is itself in a VRF, and where its pair is another interface of the guest', () => {
    assert.equal(found([line(2, 'eth0', 'master blue '), line(3, 'blue')], 'eth0'), 'eth0');
    assert.equal(found([line(2, 'eth0@x0'), line(3, 'x0@eth0').replace(mac, '02:ff')], 'eth0'), 'eth0');
  });

  it('has the name that it goes by now', () => {
    const facts = guestOf(line(2, 'lan0'), 'lan0', {}, { [main]: `${lo}auto lan0\niface lan0 inet dhcp\n` });
    const { interface: nic, bringUp } = proposeGuestPatch(facts, wish);
    assert.deepEqual([nic, bringUp[0]?.label], ['lan0', 'lan0:1']);
  });

  it('gets its addresses by a drop-in where it is a bridge of netplan’s', () => {
    const links = [line(2, 'eth0', 'master br0 '), line(3, 'br0')].join('\n');
    const source = '/run/systemd/network/10-netplan-br0.network';
    const facts = guestOf(
      links,
      'br0',
      { manager: 'netplan', source },
      { [source]: '[Network]\nDHCP=ipv4\n' },
    );
    assert.deepEqual(
      proposeGuestPatch(facts, wish).files.map(({ path }) => path),
      ['/etc/systemd/network/10-netplan-br0.network.d/60-ec2-multi-ip.conf'],
    );
  });

  it('is refused as a further one where it is a bridge', () => {
    const facts = guestOf([line(2, 'eth0', 'master br0 '), line(3, 'br0')].join('\n'), 'br0');
    const routing = { network: '192.168.1.0/24', gateway: '192.168.1.1', table: 10_001 };
    assert.throws(() => proposeFurther(facts, { ...wish, routing }), {
      code: 'guest.isBridge',
      data: { interface: 'br0' },
    });
  });
});

describe('an odd but sound /etc/network/interfaces', () => {
  const directories = ['/etc/network/interfaces.d'];
  const guest = (content: string, manager: GuestInterface['manager'] = 'ifupdown', others = {}) => {
    const facts = guestWith({ [main]: content, ...others }, { directories });
    return { ...facts, interfaces: facts.interfaces.map((nic) => ({ ...nic, manager })) };
  };

  for (const [what, content, path] of [
    ['allow-hotplug without auto', `${lo}allow-hotplug eth0\niface eth0 inet dhcp\n`, main],
    [
      'a stanza that inherits',
      `${lo}iface base inet dhcp\nauto eth0\niface eth0 inet dhcp inherits base\n`,
      main,
    ],
    ['a source that matches nothing', `source none.d/*.cfg\n${lo}auto eth0\niface eth0 inet dhcp\n`, main],
    [
      'a directory that is empty',
      `source-directory interfaces.d\n${lo}auto eth0\niface eth0 inet dhcp\n`,
      dropIn,
    ],
    [
      'no-scripts and no-auto-down',
      `no-scripts eth0\nno-auto-down eth0\nauto eth0\niface eth0 inet dhcp\n`,
      main,
    ],
    [
      'a mapping of the interface alone',
      `${lo}mapping eth0\n script /m\nauto eth0\niface home inet dhcp\n`,
      main,
    ],
    [
      'a VLAN and a bridge beside it',
      `auto eth0\niface eth0 inet dhcp\nauto eth0.5 br0\niface eth0.5 inet manual\niface br0 inet manual\n bridge_ports eth0.5\n`,
      main,
    ],
  ] as const) {
    it(`takes an alias: ${what}`, () => {
      const once = proposeGuestPatch(guest(content), wish);
      assert.deepEqual(
        once.files.map((file) => file.path),
        [path],
      );
      const text = after(once.files[0]) ?? '';
      assert.match(text, /auto eth0:1\niface eth0:1 inet static\n {4}address 192\.168\.1\.101\n/);
      const second = path === main ? guest(text) : guest(content, 'ifupdown', { [path]: text });
      assert.deepEqual(proposeGuestPatch(second, wish).files, []);
      const [left] = proposeGuestRemoval(second, wish).files;
      assert.equal(after(left), path === main ? content : undefined);
    });
  }

  it('is refused where a mapping would take the alias for something else', () => {
    const content = `${lo}mapping lan* eth*\n script /m\nauto eth0\niface home inet dhcp\n`;
    assert.throws(() => proposeGuestPatch(guest(content), wish), {
      code: 'guest.mapped',
      data: { path: main, line: 3, pattern: 'eth*', name: 'eth0:1', interface: 'eth0' },
    });
    // What is there already stays there, whoever put it there.
    const alias = 'auto eth0:1\niface eth0:1 inet static\n address 192.168.1.101\n netmask 32\n';
    assert.deepEqual(proposeGuestPatch(guest(content + alias), wish).files, []);
  });

  it('is read by ifupdown-ng’s own rules where that reads it', () => {
    const content = `${lo}template base\n  mtu 9001\n\nauto eth0\niface eth0\n  use dhcp\n  inherit base\n  bogus\n`;
    assert.throws(() => proposeGuestPatch(guest(content), wish), { code: 'guest.fileInvalid' });
    const once = proposeGuestPatch(guest(content, 'ifupdown-ng'), wish);
    const text = after(once.files[0]) ?? '';
    assert.ok(text.startsWith(content));
    assert.deepEqual(proposeGuestPatch(guest(text, 'ifupdown-ng'), wish).files, []);
    assert.equal(after(proposeGuestRemoval(guest(text, 'ifupdown-ng'), wish).files[0]), content);
    const held = `${content}iface eth0\n  address 192.168.1.101/24\n`;
    const there = proposeGuestPatch(guest(held, 'ifupdown-ng'), wish);
    assert.deepEqual(there.files, []);
    assert.equal(isEmptyProposal(there), false);
  });
});
