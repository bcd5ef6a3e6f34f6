import assert from 'node:assert/strict';
import { detectManager } from '../../../src/core/guest/detect.ts';
import type { OwnershipAnswers } from '../../../src/core/guest/detect.ts';
import type { NetworkManager } from '../../../src/core/guest/facts.ts';
import { parseLinks, parseLiveAddresses } from '../../../src/core/guest/links.ts';

const silent: OwnershipAnswers = {
  networkFile: '',
  nmcli: '',
  ifstate: '',
  ifquery: '',
  ec2net: false,
  nmCloudSetup: false,
};
const ifupdown = { ifstate: 'eth0=eth0', ifquery: 'ifquery version 0.8.41\n' };

describe('which manager owns an interface', () => {
  const cases: readonly (readonly [NetworkManager, Partial<OwnershipAnswers>])[] = [
    ['netplan', { networkFile: ' Network File: /run/systemd/network/10-netplan-all-en.network' }],
    ['amazon-ec2-net-utils', { networkFile: 'Network File: /run/systemd/network/70-ens5.network' }],
    ['networkd', { networkFile: 'Network File: /etc/systemd/network/20-wired.network' }],
    ['NetworkManager', { nmcli: '100 (connected)\nWired connection 1', ...ifupdown }],
    ['ifupdown', { nmcli: '10 (unmanaged)\n', networkFile: 'Network File: n/a', ...ifupdown }],
    ['ifupdown2', { ifstate: 'eth0=eth0', ifquery: 'info: ifupdown2:3.0.0' }],
    ['ifupdown-ng', { ifstate: 'eth0=eth0', ifquery: 'ifupdown-ng 0.12.1' }],
    ['ec2-net-utils', { ec2net: true }],
    ['unknown', { nmcli: '100 (connected (externally))\neth0' }],
    ['nm-cloud-setup', { nmcli: '100 (connected)\neth0', nmCloudSetup: true }],
    [
      'netplan',
      { nmcli: '100 (connected)\nx\neth0:/run/NetworkManager/system-connections/netplan-eth0.nmconnection' },
    ],
    ['unknown', { ifquery: 'ifquery version 0.8.41' }],
  ];
  for (const [manager, answers] of cases) {
    it(`${manager}: ${JSON.stringify(answers)}`, () => {
      assert.equal(detectManager({ ...silent, ...answers }), manager);
    });
  }
});

describe('what ip prints', () => {
  it('names Ethernet interfaces with their MAC addresses', () => {
    const text = String.raw`1: lo: <LOOPBACK,UP> mtu 65536 qdisc noqueue state UNKNOWN\    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
2: eth0@if13: <BROADCAST,UP> mtu 1500 qdisc noqueue state UP\    link/ether 02:AB:00:00:00:64 brd ff:ff:ff:ff:ff:ff link-netnsid 0
3: tun0: <POINTOPOINT> mtu 1500\    link/none`;
    assert.deepEqual(parseLinks(text), [{ name: 'eth0', mac: '02:ab:00:00:00:64', on: 'if13' }]);
  });

  it('names none that a shell or a parser would take for more than a name', () => {
    const link = (name: string) => `2: ${name}: <UP> mtu 1500\\    link/ether 02:ab:00:00:00:64 brd ff`;
    const hostile = [
      '$(reboot)',
      'a;reboot',
      '`x`',
      "a'b",
      'a"b',
      '-e',
      '..',
      'a|b',
      '#eth0',
      'a*',
      '{a}',
      '\u001b[2J',
    ];
    assert.deepEqual(
      hostile.flatMap((name) => parseLinks(link(name))),
      [],
    );
    const sound = ['eth0', 'enp0s5.100', 'br-0a1b2c', 'lan_1', 'vx+1'];
    assert.deepEqual(
      sound.flatMap((name) => parseLinks(link(name))).map(({ name }) => name),
      sound,
    );
  });

  it('lists the addresses of an interface with label and lease', () => {
    const text = String.raw`2: eth0    inet 192.168.1.100/24 brd 192.168.1.255 scope global dynamic eth0\       valid_lft 3417sec preferred_lft 3417sec
2: eth0    inet 192.168.1.101/32 scope global eth0:1\       valid_lft forever preferred_lft forever
2: eth0    inet 10.0.0.1 peer 10.0.0.2/32 scope global secondary noprefixroute eth0\       valid_lft forever
3: eth01    inet 10.0.0.3/24 scope global eth01\       valid_lft forever preferred_lft forever`;
    assert.deepEqual(parseLiveAddresses(text, 'eth0'), [
      { address: '192.168.1.100', prefixLength: 24, label: 'eth0', dynamic: true },
      { address: '192.168.1.101', prefixLength: 32, label: 'eth0:1', dynamic: false },
      { address: '10.0.0.1', prefixLength: 32, label: 'eth0', dynamic: false },
    ]);
  });
});
