import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Plan } from '../../../src/core/plan/plan.ts';
import type { PairProof } from '../../../src/core/probe/proof.ts';
import { startLabGuest } from './labGuest.ts';
import type { LabGuest } from './labGuest.ts';

const secondary = '192.168.1.101';
const everything =
  "cd /etc; find network hosts -type f -exec sha256sum '{}' + -exec stat -c '%a %u:%g %n' '{}' + | sort";

describe('the walk on a real guest', function () {
  this.timeout(120_000);
  let guest: LabGuest;
  let original: string;
  let plan: Plan;
  before(async () => {
    guest = await startLabGuest();
    original = await guest.inGuest(everything);
  });
  after(() => guest.stop());

  const ports = [80];
  const proveAll = () => guest.operator().call('prove', { pairs: guest.pairs, ports });
  const live = () => guest.inGuest('ip -o -4 addr show dev eth0');
  const stateOf = ({ id }: Plan) => guest.inGuest(`ls /var/lib/ec2-multi-ip/${id}-guest`);
  const reboot = async () => {
    const init = async () => (await guest.lab.guests())[0]?.pid;
    const before = await init();
    await guest.inGuest('systemctl reboot');
    await until(async () => ![undefined, before].includes(await init()));
    await guest.lab.settle();
  };
  const listening = () => guest.inGuest("ss -Htln | awk '{print $4}' | grep -v ':22$' || true");

  it('begins with a secondary EIP that times out, and says that the system lacks its address', async () => {
    assert.deepEqual(await guest.operator().call('ask', { host: guest.pairs[1].publicIp ?? '', port: 22 }), {
      kind: 'timeout',
    });
    const [first, second] = await proveAll();
    assert.equal(first?.inbound.state, 'passed');
    assert.equal(first.outbound.state, 'passed');
    for (const verdict of [second?.inbound, second?.outbound]) {
      assert.ok(verdict?.state === 'failed');
      assert.deepEqual(verdict.reason, { code: 'addressNotInOs', address: secondary });
    }
  });

  it('reads the guest, changing nothing', async () => {
    const facts = await guest.operator().call('facts');
    assert.equal(facts.interfaces.find(({ name }) => name === 'eth0')?.manager, 'ifupdown');
    assert.equal(facts.hostnameResolves, false);
    assert.ok(facts.directories.includes('/etc/network/interfaces.d'));
    assert.equal(await guest.inGuest(everything), original);
  });

  for (const [timer, program] of [
    ['a timer of systemd', 'true'],
    ['a sleeping process, where systemd-run is missing', 'systemd-run'],
  ] as const) {
    it(`undoes a change by itself that nobody confirms, with ${timer}`, async () => {
      await guest.inGuest(`chmod a-x /usr/bin/${program}`);
      plan = await guest.operator().call('plan', { addresses: [secondary] });
      const applied = guest.operator().call('applyAndVanish', { plan, revertSeconds: 3 });
      await assert.rejects(applied, /has gone/);
      assert.match(await live(), /inet 192\.168\.1\.101\/32/);
      await until(async () => !(await live()).includes(secondary));
      await until(async () => (await stateOf(plan)).includes('reverted'));
      assert.equal(await guest.inGuest(everything), original);
      await guest.inGuest(`chmod a+x /usr/bin/${program}`);
    });
  }

  it('comes back as it was when it is rebooted in the middle of a change', async () => {
    plan = await guest.operator().call('plan', { addresses: [secondary] });
    const applied = guest.operator().call('applyAndVanish', { plan, revertSeconds: 600 });
    await assert.rejects(applied, /has gone/);
    await reboot();
    assert.doesNotMatch(await live(), /192\.168\.1\.101/);
    assert.equal(await guest.inGuest(everything), original);
    // What it was in the middle of is ended before anything else begins.
    plan = await guest.operator().call('plan', { addresses: [secondary] });
    await assert.rejects(guest.operator().call('apply', { plan }), { code: 'guest.recovered' });
    assert.equal(await guest.inGuest(everything), original);
  });

  it('refuses a plan whose files have changed meanwhile, and changes nothing', async () => {
    plan = await guest.operator().call('plan', { addresses: [secondary] });
    await guest.inGuest('cp -a /etc/hosts /root/hosts; echo "# new" >> /etc/hosts');
    const changed = await guest.inGuest(everything);
    await assert.rejects(guest.operator().call('apply', { plan }), {
      code: 'guest.fileChanged',
      data: { path: '/etc/hosts' },
    });
    assert.equal(await guest.inGuest(everything), changed);
    assert.doesNotMatch(await live(), /192\.168\.1\.101/);
    await guest.inGuest('cp -a /root/hosts /etc/hosts');
  });

  it('refuses what it cannot write, and changes nothing', async () => {
    await guest.inGuest('mount --bind /etc/network /etc/network && mount -o remount,bind,ro /etc/network');
    await assert.rejects(guest.operator().call('apply', { plan }), { code: 'guest.fileNotWritable' });
    await guest.inGuest('umount /etc/network');
    assert.equal(await guest.inGuest(everything), original);
    assert.doesNotMatch(await live(), /192\.168\.1\.101/);
  });

  it('refuses a file that ifupdown itself would refuse, with the line', async () => {
    await guest.inGuest(
      'cp -a /etc/network/interfaces /root/; printf "auto x\\nbogus\\n" >> /etc/network/interfaces',
    );
    const lines = Number(await guest.inGuest('wc -l < /etc/network/interfaces'));
    await assert.rejects(guest.operator().call('plan', { addresses: [secondary] }), {
      code: 'guest.fileInvalid',
      data: { path: '/etc/network/interfaces', line: lines, text: 'bogus', reason: 'misplacedOption' },
    });
    await guest.inGuest('cp -a /root/interfaces /etc/network/interfaces');
  });

  it('takes what was written by hand for configured, and brings it up where it is not', async () => {
    await guest.inGuest(`
      cp -a /etc/network/interfaces /etc/hosts /root/; printf '127.0.1.1 %s\\n' "$(hostname)" >> /etc/hosts
      printf '\\nauto eth0:1\\niface eth0:1 inet static\\naddress ${secondary}\\nnetmask 255.255.255.0\\n' >> /etc/network/interfaces`);
    plan = await guest.operator().call('plan', { addresses: [secondary] });
    const [change] = plan.changes;
    assert.ok(change?.kind === 'configureGuest');
    assert.deepEqual(change.input.files, []);
    await guest.operator().call('apply', { plan });
    assert.match(await live(), /inet 192\.168\.1\.101\/24 .*eth0:1\\/);
    assert.deepEqual((await guest.operator().call('plan', { addresses: [secondary] })).changes, []);
    await guest.inGuest(
      'ifdown eth0:1 2>/dev/null; cp -a /root/interfaces /etc/network/; cp -a /root/hosts /etc/',
    );
    await guest.inGuest(`ip addr del ${secondary}/24 dev eth0 2>/dev/null || true`);
    assert.equal(await guest.inGuest(everything), original);
  });

  it('says so when sudo wants a password', async () => {
    await guest.inGuest("sed -i 's/NOPASSWD://' /etc/sudoers.d/90-cloud-init-users");
    const data = { host: guest.setting.host, user: 'admin' };
    await assert.rejects(guest.operator().call('facts'), { code: 'ssh.sudoNeedsPassword', data });
    await assert.rejects(proveAll(), { code: 'ssh.sudoNeedsPassword', data });
    await guest.inGuest("sed -i 's/ ALL$/ NOPASSWD:ALL/' /etc/sudoers.d/90-cloud-init-users");
  });

  it('patches the guest in two round trips, keeping a backup', async () => {
    const [, { publicIp = '' }] = guest.pairs;
    const through = [{ address: secondary, publicIp }];
    plan = await guest.operator().call('plan', { addresses: [secondary], through });
    assert.deepEqual(await guest.operator().call('apply', { plan }), { roundTrips: 2 });
    assert.match(await live(), /inet 192\.168\.1\.101\/32 .*eth0:1\\/);
    assert.match(await guest.inGuest('getent -s files hosts "$(hostname)"'), /^127\.0\.1\.1/);
    const backups = await guest.inGuest(`cat /var/lib/ec2-multi-ip/${plan.id}-guest/*.orig | sha256sum`);
    assert.ok(original.includes(backups.split(' ')[0] ?? '-'));
    assert.equal(await guest.inGuest('systemctl list-timers --all | grep -c ec2-multi-ip || true'), '0\n');
    assert.equal(await guest.inGuest('find /etc -name ".*ec2-multi-ip*" -o -name ".*-guest"'), '');
  });

  it('proves both pairs both ways, and leaves no listener', async () => {
    assertProven(await proveAll());
    assertProven(await guest.operator().call('proveBySsh', { pairs: guest.pairs }));
    await until(async () => (await listening()) === '');
  });

  it('has nothing to do the second time', async () => {
    const second = await guest.operator().call('plan', { addresses: [secondary] });
    assert.deepEqual(second.changes, []);
  });

  it('proves them again after a reboot', async () => {
    await reboot();
    assertProven(await proveAll());
  });

  it('proves with perl, with netcat and without curl, where that is all there is', async () => {
    const hide = async (...programs: string[]) => {
      await guest.inGuest(programs.map((name) => `chmod a-x "$(readlink -f /usr/bin/${name})"`).join('; '));
      assertProven(await proveAll());
      await until(async () => (await listening()) === '');
    };
    await hide('python3');
    await hide('curl');
    await guest.inGuest('chmod a+x "$(readlink -f /usr/bin/curl)"');
    await hide('perl');
    await guest.inGuest('chmod a+x "$(readlink -f /usr/bin/python3)" "$(readlink -f /usr/bin/perl)"');
  });

  it('takes a service that holds the port for the listener, and says where it cannot tell', async () => {
    await guest.inGuest('setsid nc -lk 80 >/dev/null 2>&1 </dev/null & sleep 1');
    const withSs = await proveAll();
    assert.deepEqual(
      withSs.map(({ inbound }) => inbound.state === 'passed' && inbound.evidence),
      guest.pairs.map(({ privateAddress }) => ({ kind: 'service', port: 80, localAddress: privateAddress })),
    );
    await guest.inGuest('chmod a-x "$(readlink -f "$(command -v ss)")"');
    const withoutSs = await proveAll();
    await guest.inGuest('chmod a+x "$(readlink -f /bin/ss)"; kill "$(pgrep -x nc)"');
    assert.deepEqual(
      withoutSs.map(({ inbound }) => inbound),
      guest.pairs.map(({ privateAddress }) => ({
        state: 'unproven',
        reason: { code: 'portTaken', address: privateAddress, port: 80 },
      })),
    );
  });

  it('leaves no listener when it is cancelled, or gone in the middle', async () => {
    const cancelled = await guest
      .operator()
      .call('prove', { pairs: guest.pairs, ports: [8081], cancelAfter: 100 });
    for (const { inbound } of cancelled) {
      assert.deepEqual(inbound, { state: 'unproven', reason: { code: 'cancelled' } });
    }
    await until(async () => (await listening()) === '');
    const operator = guest.operator();
    const vanished = operator.call('vanishWhileProving', { pairs: guest.pairs, port: 8082 });
    await until(async () => (await listening()).includes(':8082'));
    await assert.rejects(vanished);
    await operator.gone;
    await until(async () => (await listening()) === '');
  });

  it('puts back every byte when it is undone', async () => {
    await guest.operator().call('undo', { plan });
    assert.equal(await guest.inGuest(everything), original);
    assert.doesNotMatch(await live(), /192\.168\.1\.101/);
  });

  it('writes to the main file where that includes nothing, through a symbolic link', async () => {
    await guest.inGuest(`
      cd /etc/network && mv interfaces /srv/interfaces && ln -s /srv/interfaces interfaces
      # What ifupdown complains of with the name of the file, which a candidate does not have.
      printf '\niface odd0 inet manual odd\n' >> /srv/interfaces
      sed -i /source/d /srv/interfaces && chown root:adm /srv/interfaces && chmod 640 /srv/interfaces
      # As SELinux keeps a file's context, in an attribute that a copy has to take along.
      python3 -c "import os; os.setxattr('/srv/interfaces', 'user.context', b'net_conf_t')"`);
    const shape = `stat -c "%a %U:%G" /srv/interfaces; readlink /etc/network/interfaces; ls -A /srv
      python3 -c "import os; print(os.getxattr('/srv/interfaces', 'user.context'))"`;
    const [before, shapeBefore] = [await guest.inGuest('cat /srv/interfaces'), await guest.inGuest(shape)];
    const addresses = Array.from({ length: 20 }, (_, index) => `192.168.1.${101 + index}`);
    plan = await guest.operator().call('plan', { addresses });
    assert.deepEqual(await guest.operator().call('apply', { plan }), { roundTrips: 2 });
    assert.equal(await guest.inGuest(shape), shapeBefore);
    assert.ok((await guest.inGuest('cat /srv/interfaces')).startsWith(before));
    for (const address of addresses) assert.ok((await live()).includes(`${address}/32`), address);
    assert.deepEqual((await guest.operator().call('plan', { addresses })).changes, []);
    await guest.operator().call('undo', { plan });
    assert.equal(await guest.inGuest('cat /srv/interfaces'), before);
    assert.equal(await guest.inGuest(shape), shapeBefore);
    await guest.inGuest('rm /etc/network/interfaces && cp -a /root/interfaces /etc/network/interfaces');
    assert.equal(await guest.inGuest(everything), original);
  });

  it('takes everything back when an address does not come up', async () => {
    plan = await guest.operator().call('plan', { addresses: [secondary] });
    const changes = plan.changes.map((change) =>
      change.kind === 'configureGuest'
        ? { ...change, input: { ...change.input, interface: 'eth9' } }
        : change,
    );
    const applied = guest.operator().call('apply', { plan: { ...plan, changes } });
    await assert.rejects(applied, { code: 'guest.addressNotUp' });
    assert.match(await stateOf(plan), /reverted/);
    assert.equal(await guest.inGuest(everything), original);
    assert.doesNotMatch(await live(), /192\.168\.1\.101/);
  });

  it('knows the guest by its instance id, whatever its address', async () => {
    const known = await guest.operator().call('knownHosts');
    assert.match(known, new RegExp(`^${guest.instanceId} ssh-ed25519 `, 'm'));
    // A whole key, which is another one: half a key would say nothing.
    const forged = known.replaceAll(
      /^(\S+ ssh-ed25519 )(\S+)$/gm,
      `$1AAAAC3NzaC1lZDI1NTE5AAAAI${'A'.repeat(43)}`,
    );
    await guest.operator().call('setKnownHosts', { text: forged });
    await assert.rejects(guest.operator().call('facts'), { code: 'ssh.hostKeyChanged' });
    await guest.operator().call('setKnownHosts', { text: known });
  });
});

function assertProven(proofs: readonly PairProof[]): void {
  for (const { pair, inbound, outbound } of proofs) {
    assert.ok(inbound.state === 'passed', JSON.stringify(inbound));
    assert.ok('localAddress' in inbound.evidence);
    assert.equal(inbound.evidence.localAddress, pair.privateAddress);
    assert.ok(outbound.state === 'passed', JSON.stringify(outbound));
    assert.deepEqual(outbound.evidence, { kind: 'echo', seenAs: pair.publicIp });
  }
  assert.equal(proofs.length, 2);
}

/** Waits for something that comes about by itself; the test's own time limit ends it. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(200);
}
