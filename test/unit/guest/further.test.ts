import assert from 'node:assert/strict';
import type { GuestFacts, GuestInterface, NetworkManager } from '../../../src/core/guest/facts.ts';
import {
  furtherLeftOvers,
  proposeFurther,
  proposeFurtherRemoval,
} from '../../../src/core/guest/further/propose.ts';
import { routingOf } from '../../../src/core/guest/further/routing.ts';
import { isEmptyProposal } from '../../../src/core/guest/proposal.ts';
import type { GuestProposal } from '../../../src/core/guest/proposal.ts';
import { after, guestWith } from './guestFacts.ts';

const main = '/etc/network/interfaces';
const addresses = ['192.168.1.200', '192.168.1.201'];
const wish = {
  ...{ mac: '02:00:00:00:00:65', addresses, instanceId: 'i-1' },
  routing: routingOf('192.168.1.0/24', 1),
};

/** Which file each manager is told by, where the further interface is just plugged in. */
const paths: readonly (readonly [NetworkManager, string])[] = [
  ['ifupdown', '/etc/network/interfaces.d/60-ec2-multi-ip-eth1'],
  ['ifupdown-ng', '/etc/network/interfaces.d/60-ec2-multi-ip-eth1'],
  ['ifupdown2', '/etc/network/if-up.d/60-ec2-multi-ip-eth1'],
  ['netplan', '/etc/netplan/60-ec2-multi-ip-eth1.yaml'],
  ['networkd', '/etc/systemd/network/05-ec2-multi-ip-eth1.network'],
  ['NetworkManager', '/etc/NetworkManager/system-connections/60-ec2-multi-ip-eth1.nmconnection'],
];

function guest(
  manager: NetworkManager,
  files: Readonly<Record<string, string>> = {},
  eth1: Partial<GuestInterface> = {},
): GuestFacts {
  const facts = guestWith(
    { [main]: 'source interfaces.d/*\nauto eth0\niface eth0 inet dhcp\n', ...files },
    { directories: ['/etc/network/interfaces.d'] },
  );
  const [eth0] = facts.interfaces;
  assert.ok(eth0);
  const further = {
    ...eth0,
    name: 'eth1',
    mac: wish.mac,
    manager: 'unknown' as const,
    addresses: [],
    ...eth1,
  };
  return { ...facts, interfaces: [{ ...eth0, manager }, further] };
}

/** The guest once the proposal was carried out. */
function applied(facts: GuestFacts, { bringUp, files, routing }: GuestProposal): GuestFacts {
  const changed = new Set(files.map(({ path }) => path));
  const added = files.flatMap((file) => {
    const text = after(file);
    return text === undefined
      ? []
      : [{ path: file.path, readAs: file.path, bytes: Buffer.from(text, 'latin1') }];
  });
  return {
    ...facts,
    rules: (routing?.add ?? []).map((address) => `10001: from ${address} lookup 10001\n`).join(''),
    files: [...facts.files.filter(({ path }) => !changed.has(path)), ...added],
    interfaces: facts.interfaces.map((nic) =>
      nic.name !== 'eth1'
        ? nic
        : {
            ...nic,
            addresses: [
              ...nic.addresses,
              ...bringUp.map((entry) => ({ ...entry, label: nic.name, dynamic: false })),
            ],
          },
    ),
  };
}

for (const [manager, path] of paths) {
  describe(`a further interface of a guest with ${manager}`, () => {
    const facts = guest(manager);
    const proposal = proposeFurther(facts, wish);
    const [file] = proposal.files;

    it('gets a file of its own, with each address, its rule and the table', () => {
      assert.deepEqual(
        proposal.files.map((each) => each.path),
        [path],
      );
      const text = after(file) ?? '';
      for (const address of addresses) assert.match(text, new RegExp(`[Ff]rom[ =:"]+${address}\\b`));
      assert.match(text, /192\.168\.1\.1\b/);
      assert.deepEqual(proposal.routing, { ...wish.routing, add: addresses, drop: [] });
      assert.equal(proposal.manager, manager);
    });

    it('has nothing to do the second time', () => {
      const again = proposeFurther(applied(facts, proposal), wish);
      assert.deepEqual([again.bringUp, again.files, again.routing], [[], [], undefined]);
    });

    it('loses one address and then, with the last of them, the file and the table', () => {
      const now = applied(facts, proposal);
      assert.deepEqual(furtherLeftOvers(now, { ...wish, addresses: addresses.slice(0, 1) }), [addresses[1]]);
      const one = proposeFurtherRemoval(now, { ...wish, addresses: addresses.slice(1) });
      assert.deepEqual(one.routing?.drop, addresses.slice(1));
      assert.equal(
        after(one.files[0]),
        after(proposeFurther(facts, { ...wish, addresses: addresses.slice(0, 1) }).files[0]),
      );
      const all = proposeFurtherRemoval(now, wish);
      assert.deepEqual(
        all.files.map((each) => [each.path, each.after]),
        [[path, null]],
      );
    });
  });
}

describe('a further interface', () => {
  it('keeps an address that is leased, and gives it but its rule', () => {
    const [primary = ''] = addresses;
    const leased = { address: primary, prefixLength: 24, label: 'eth1', dynamic: true };
    const text = after(proposeFurther(guest('ifupdown', {}, { addresses: [leased] }), wish).files[0]) ?? '';
    assert.doesNotMatch(text, /ip addr \w+ 192\.168\.1\.200/);
    assert.match(text, /ip rule add from 192\.168\.1\.200 lookup 10001/);
    assert.match(text, /ip addr replace 192\.168\.1\.201\/32/);
  });

  it('is reached by a gateway that no route of its own leads to, as EC2 has it', () => {
    for (const manager of ['ifupdown', 'ifupdown2'] as const) {
      const text = after(proposeFurther(guest(manager), wish).files[0]) ?? '';
      assert.match(text, /ip route replace default via 192\.168\.1\.1 dev eth1 onlink table 10001/, manager);
    }
    const networkd = after(proposeFurther(guest('networkd'), wish).files[0]) ?? '';
    assert.match(networkd, /Gateway=192\.168\.1\.1\nGatewayOnLink=yes/);
    const netplan = after(proposeFurther(guest('netplan'), wish).files[0]) ?? '';
    assert.match(netplan, /via: "192\.168\.1\.1", on-link: true/);
    const keyfile = after(proposeFurther(guest('NetworkManager'), wish).files[0]) ?? '';
    assert.match(keyfile, /route2=0\.0\.0\.0\/0,192\.168\.1\.1\nroute2_options=table=10001,onlink=true/);
  });

  it('loses an address that another file gives it only where its manager has taken that over', () => {
    const [primary = ''] = addresses;
    const held = { address: primary, prefixLength: 24, label: 'eth1', dynamic: false };
    // Its rule was written for another manager, beside that file.
    const before = proposeFurther(guest('ifupdown', {}, { addresses: [held] }), wish);
    for (const [manager, gone] of [
      ['ifupdown', []],
      ['networkd', [primary]],
    ] as const) {
      const now = applied(guest(manager, {}, { addresses: [held] }), { ...before, bringUp: [] });
      const { takeDown } = proposeFurtherRemoval(now, { ...wish, addresses: [primary] });
      assert.deepEqual(
        takeDown.map(({ address }) => address),
        gone,
        manager,
      );
    }
  });

  it('is not told twice to start', () => {
    const own = { [main]: 'source interfaces.d/*\nauto eth1\niface eth1 inet dhcp\n' };
    assert.doesNotMatch(after(proposeFurther(guest('ifupdown', own), wish).files[0]) ?? '', /^auto/m);
  });

  it('takes a unit of its own where netplan has one for many interfaces', () => {
    const source = '/run/systemd/network/10-netplan-all-eth.network';
    const facts = guest('netplan', {}, { manager: 'netplan', source });
    assert.equal(
      proposeFurther(facts, wish).files[0]?.path,
      '/etc/systemd/network/05-ec2-multi-ip-eth1.network',
    );
  });

  it('is left alone where somebody else has given its addresses their rules', () => {
    const live = addresses.map((address) => ({
      ...{ address, prefixLength: 24, label: 'eth1', dynamic: false },
    }));
    const byHand = {
      ...guest('ifupdown', {}, { addresses: live }),
      rules: addresses.map((address) => `1000: from ${address} lookup 1001\n`).join(''),
    };
    assert.equal(isEmptyProposal(proposeFurther(byHand, wish)), true);
    const ours = { ...byHand, rules: byHand.rules.replaceAll('lookup 1001', 'lookup 10001') };
    assert.equal(proposeFurther(ours, wish).files.length, 1);
    const half = { ...byHand, rules: `1000: from ${String(addresses[0])} lookup 1001\n` };
    assert.deepEqual(proposeFurther(half, wish).routing?.add, addresses.slice(1));
  });

  it('is refused where no directory is included, left to an agent, and unknown without any manager', () => {
    const bare = { [main]: 'auto eth0\niface eth0 inet dhcp\n' };
    assert.throws(() => proposeFurther(guest('ifupdown', bare), wish), { code: 'guest.noDirectory' });
    assert.throws(() => proposeFurther(guest('unknown'), wish), { code: 'guest.unsupportedManager' });
    const agent = guest('amazon-ec2-net-utils', {}, { manager: 'amazon-ec2-net-utils' });
    assert.throws(() => proposeFurther(agent, wish), { code: 'guest.agentConfigures' });
  });
});
