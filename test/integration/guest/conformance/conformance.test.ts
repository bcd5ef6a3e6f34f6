import assert from 'node:assert/strict';
import type { NetworkManager } from '../../../../src/core/guest/facts.ts';
import { debianImage } from '../../../lab/emulator/emulator.ts';
import { kinds } from '../../../lab/image/kinds.ts';
import { useBusybox } from '../busybox.ts';
import { agents, assertLeftTo } from './agents.ts';
import { assertRefusesBadInput, oddUser } from './badInput.ts';
import { startKindGuests } from './guests.ts';
import type { KindGuest, KindGuests } from './guests.ts';

/** What stands in /etc, bytes and owners and modes; name resolution is DHCP's, and the identity the machine's. */
const everything = `cd /etc
find . ! -name resolv.conf ! -name '.resolv.conf*' ! -name machine-id ! -name .updated -printf '%M %u:%g %p %l\\n' | sort
find . -type f ! -name resolv.conf ! -name '.resolv.conf*' ! -name machine-id ! -name .updated -exec sha256sum '{}' + | sort`;

/** Which manager is to be found on each kind of guest. */
const managers: Readonly<Record<string, NetworkManager>> = {
  'ifupdown-classic': 'ifupdown',
  'ifupdown-cloud-form': 'ifupdown',
  'ifupdown-cloud-init': 'ifupdown',
  ifupdown2: 'ifupdown2',
  'ifupdown-ng': 'ifupdown-ng',
  'netplan-id': 'netplan',
  'netplan-all-en': 'netplan',
  networkd: 'networkd',
  NetworkManager: 'NetworkManager',
};

/** What ifupdown-ng reads and ifupdown would refuse: no family, a template, and options that nobody knows. */
const ownWords = `cat >> /etc/network/interfaces <<'END'

template quiet
    mtu 1400

iface unused0
    inherit quiet
    bogus
END
`;

const images = new Map([
  ['ifupdown-classic', debianImage],
  ...Object.entries(kinds).map(([imageId, { name }]) => [name, imageId] as const),
]);

describe('every kind of guest', function () {
  this.timeout(240_000);
  let kindGuests: KindGuests;
  const walks = new Map<string, Promise<PromiseSettledResult<void>>>();
  const only = process.env['KINDS']?.split(',') ?? [...images.keys()];

  // The guests walk side by side, since each mostly waits; every test then looks at one.
  before(async () => {
    kindGuests = await startKindGuests(only.map((kind) => images.get(kind) ?? ''));
    for (const [index, kind] of only.entries()) {
      const guest = kindGuests.guests[index];
      if (guest === undefined) throw new Error(kind);
      walks.set(
        kind,
        Promise.allSettled([walk(kind, guest)]).then(([result]) => result),
      );
    }
  });
  after(() => kindGuests.stop());

  for (const kind of only) {
    it(`${kind}: configured, the same after a reboot, and taken back to the last byte`, async () => {
      const result = await walks.get(kind);
      if (result?.status !== 'fulfilled') throw result?.reason;
    });
  }

  // On the guests that have walked: each is as it was at first.
  for (const agent of agents.filter(({ kind }) => only.includes(kind))) {
    it(`${agent.name} on ${agent.kind}: nothing is written, and it is named`, async () => {
      await walks.get(agent.kind);
      const guest = kindGuests.guests[only.indexOf(agent.kind)];
      assert.ok(guest);
      await assertLeftTo(agent, guest);
    });
  }
});

async function walk(kind: string, guest: KindGuest): Promise<void> {
  const { operator, addresses } = guest;
  if (kind === 'ifupdown-ng') await guest.inGuest(ownWords);
  // Else the first change would mend it, and removing the addresses does not take that back.
  await guest.inGuest(`printf "127.0.1.1\\t%s\\n" "$(hostname)" >> /etc/hosts${oddUser}`);
  const facts = await operator.call('facts');
  assert.equal(facts.interfaces.find(({ name }) => name === 'eth0')?.manager, managers[kind]);
  const original = await guest.inGuest(everything);
  await configureFurther(guest);
  for (const count of [1, 2, addresses.length]) {
    const wanted = addresses.slice(0, count);
    // Half done by somebody else: what is live already is written down, and not brought up again.
    if (count === addresses.length) await guest.inGuest(`ip addr add ${addresses[2]}/32 dev eth0`);
    const plan = await operator.call('plan', { addresses: wanted });
    assert.deepEqual(await operator.call('apply', { plan }), { roundTrips: 2 });
    await proveAll(guest, wanted);
  }
  await repairLost(guest, addresses);
  await guest.reboot();
  await proveAll(guest, addresses);
  await proveFurther(guest);
  await becomeClone(guest, addresses);
  const removal = await operator.call('planRemoval', { addresses });
  assert.equal(
    removal.changes.length,
    1,
    `nothing to remove: ${JSON.stringify(await operator.call('facts'))}`,
  );
  await operator.call('apply', { plan: removal });
  assert.deepEqual(await liveOf(guest), [guest.pairs[0]?.privateAddress]);
  await withBusybox(guest, addresses.slice(0, 2));
  await assertRefusesBadInput(guest, kind, `${everything}; ip -o -4 addr show dev eth0 | sed 's/valid.*//'`);
  await removeFurther(guest);
  assert.equal(await guest.inGuest(everything), original);
  await assertNothingToDo(guest, []);
}

/** Another ENI, with a routing table of its own; the primary one has none. */
async function configureFurther(guest: KindGuest): Promise<void> {
  const { operator, further } = guest;
  const plan = await operator.call('planFurther', further);
  assert.deepEqual(await operator.call('apply', { plan }), { roundTrips: 2 });
  await proveFurther(guest);
}

/** Packets to and from its Elastic IPs go by it, and there is nothing left to do. */
async function proveFurther(guest: KindGuest): Promise<void> {
  const { operator, further } = guest;
  for (const { pair, inbound, outbound } of await operator.call('proveBySsh', { pairs: further.pairs })) {
    assert.deepEqual(
      [pair.privateAddress, inbound.state, outbound.state],
      [pair.privateAddress, 'passed', 'passed'],
      JSON.stringify([inbound, outbound]),
    );
    const way = await guest.inGuest(`ip -4 route get 203.0.113.1 from ${pair.privateAddress}`);
    assert.match(way, / via 192\.168\.1\.1 dev eth1 table 10001 /);
  }
  const rules = await guest.inGuest('ip -4 rule show');
  assert.equal(rules.match(/lookup 10001/g)?.length, 2, rules);
  assert.deepEqual((await operator.call('planFurther', further)).changes, []);
}

async function removeFurther(guest: KindGuest): Promise<void> {
  const { operator, further } = guest;
  await operator.call('apply', { plan: await operator.call('planFurtherRemoval', further) });
  assert.doesNotMatch(await guest.inGuest('ip -4 rule show; ip -4 route show table all'), /10001/);
}

/** The other half-done state: in the files, and not in the OS. */
async function repairLost(guest: KindGuest, addresses: readonly string[]): Promise<void> {
  const { operator } = guest;
  await guest.inGuest(`ip addr del ${addresses[0]}/32 dev eth0`);
  const repair = await operator.call('plan', { addresses });
  const [change] = repair.changes;
  assert.ok(change?.kind === 'configureGuest');
  assert.deepEqual(change.input.files, []);
  assert.deepEqual(
    change.input.bringUp.map(({ address }) => address),
    addresses.slice(0, 1),
  );
  await operator.call('apply', { plan: repair });
}

/** What an image of this guest would bring to another instance, which has just the first of the addresses. */
async function becomeClone(guest: KindGuest, addresses: readonly string[]): Promise<void> {
  const { instanceId, operator } = guest;
  await guest.inGuest(`grep -rlF ${instanceId} /etc | xargs sed -i 's/${instanceId}/i-0123456789abcdef0/'`);
  const leftOvers = await operator.call('leftOvers', { addresses: addresses.slice(0, 1) });
  assert.deepEqual(leftOvers.sort(), addresses.slice(1).sort());
}

/** The addresses are live, packets to and from their Elastic IPs take them, and there is nothing left to do. */
async function proveAll(guest: KindGuest, wanted: readonly string[]): Promise<void> {
  assert.deepEqual(new Set(await liveOf(guest)), new Set([guest.pairs[0]?.privateAddress, ...wanted]));
  const pairs = guest.pairs.filter(
    ({ privateAddress }, index) => index === 0 || wanted.includes(privateAddress),
  );
  for (const { pair, inbound, outbound } of await guest.operator.call('proveBySsh', { pairs })) {
    assert.deepEqual(
      [pair.privateAddress, inbound.state, outbound.state],
      [pair.privateAddress, 'passed', 'passed'],
    );
  }
  await assertNothingToDo(guest, wanted);
}

/** With the tools of busybox alone it comes to the same. */
async function withBusybox(guest: KindGuest, addresses: readonly string[]): Promise<void> {
  const { operator, lab, instanceId } = guest;
  const running = (await lab.guests()).find((one) => one.instanceId === instanceId);
  const restore = await useBusybox(running?.rootDirectory ?? '', (script) => guest.inGuest(script));
  const primary = guest.pairs[0]?.privateAddress;
  const plan = await operator.call('plan', { addresses });
  assert.deepEqual(await operator.call('apply', { plan }), { roundTrips: 2 });
  await proveAll(guest, addresses);
  await operator.call('apply', { plan: await operator.call('planRemoval', { addresses }) });
  assert.deepEqual(await liveOf(guest), [primary]);
  await restore();
}

async function assertNothingToDo(guest: KindGuest, addresses: readonly string[]): Promise<void> {
  assert.deepEqual((await guest.operator.call('plan', { addresses })).changes, []);
}

async function liveOf(guest: KindGuest): Promise<string[]> {
  const live = await guest.inGuest("ip -o -4 addr show dev eth0 | awk '{print $4}'");
  return live
    .trim()
    .split('\n')
    .map((address) => address.replace(/\/\d+$/, ''));
}
