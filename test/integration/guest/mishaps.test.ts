import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { changeDetail, changeTitle } from '../../../src/words/changeTitle.ts';
import { secrets } from '../../lab/kept.ts';
import { useBusybox } from './busybox.ts';
import { startLabGuest } from './labGuest.ts';
import type { LabGuest } from './labGuest.ts';

const secondary = '192.168.1.101';
const everything =
  "cd /etc; find network hosts -type f -exec sha256sum '{}' + -exec stat -c '%a %u:%g %n' '{}' + | sort";
// How long a lease still runs only its client knows, which asks anew in time.
const network =
  'ip -4 route; ip -o -4 addr show dev eth0 | sed "s/ dynamic//; s/valid.*//"; nft -s list ruleset';

/** What of a transaction is there beside what it keeps for taking it back later. */
const leftRunning = `ls /run/ec2-multi-ip-* 2>/dev/null
systemctl list-units --all --plain --no-legend 'ec2-multi-ip-*'`;

/** As `chattr +i` does, which the guest lacks. */
function setImmutable(path: string, immutable: boolean): string {
  return `python3 -c "
import fcntl, os, struct
flags = 0x10 if ${immutable ? 'True' : 'False'} else 0
fcntl.ioctl(os.open('${path}', os.O_RDONLY), 0x40086602, struct.pack('l', flags))"`;
}

/** The kernel takes anything up to 64 bytes for a name. */
const hostileHostnames = [
  '$(touch /tmp/pwned);"x',
  '`touch pwned`',
  `mail'; touch /pwned; '`,
  'mail "server" two',
  'mail\n127.0.0.1 pwned',
  'mail\u001b[2J\u001b]0;pwned\u0007',
  'mail\tpwned\u0001\u0008',
  '*[(+?',
  '-e pwned',
  'mail\nauto pwned\niface pwned inet dhcp\n$(touch /pwned)',
] as const;

describe('what can go wrong with a guest', function () {
  this.timeout(120_000);
  let guest: LabGuest;
  let original: string;
  before(async () => {
    guest = await startLabGuest();
    original = await guest.inGuest(`${everything}; ${network}`);
  });
  after(() => guest.stop());

  const makePlan = (): Promise<Plan> => guest.operator().call('plan', { addresses: [secondary] });
  const assertAsBefore = async () => {
    assert.equal(await guest.inGuest(`${everything}; ${network}`), original);
    // A timer that has done its work is gone a moment later; the test's own time limit ends this.
    while ((await guest.inGuest(leftRunning)) !== '') await sleep(100);
  };
  const unfinished = async () =>
    /^(pending|confirming|reverting)$/m.exec(await guest.inGuest('ls /var/lib/ec2-multi-ip/*')) !== null;

  for (const [what, damage] of [
    ['a wrong default route', 'ip -4 route replace default via 192.168.1.77 dev eth0'],
    ['a firewall that drops everything', 'nft -f /root/drop.nft'],
    ['an interface that goes down', '/usr/sbin/ip link set dev eth0 down'],
    ['an interface that loses its address', '/usr/sbin/ip -4 addr flush dev eth0'],
  ] as const) {
    it(`heals itself after ${what}`, async () => {
      await guest.inGuest(`
        printf 'table inet lockout {\\n chain input { type filter hook input priority 0; policy drop; }\\n}\\n' > /root/drop.nft
        printf '#!/bin/sh\\n/usr/sbin/ifup "$@"\\ncase "$*" in *" -n "*|"-n "*) ;; *) ${damage} ;; esac\\n' > /usr/local/sbin/ifup
        chmod 755 /usr/local/sbin/ifup`);
      const plan = await makePlan();
      await assert.rejects(guest.operator().call('apply', { plan, revertSeconds: 3 }), {
        code: 'guest.reverted',
      });
      await guest.inGuest('rm /usr/local/sbin/ifup');
      while (await unfinished()) await sleep(100);
      await assertAsBefore();
      assert.equal((await guest.operator().call('facts')).interfaces[0]?.name, 'eth0');
    });
  }

  it('takes a change back at once that does not arrive through its EIP', async () => {
    const [primary] = guest.pairs;
    const through = [{ address: secondary, publicIp: primary.publicIp ?? '' }];
    const plan = await guest.operator().call('plan', { addresses: [secondary], through });
    await assert.rejects(guest.operator().call('apply', { plan }), {
      code: 'guest.arrivedElsewhere',
      data: { publicIp: primary.publicIp, expected: secondary, actual: primary.privateAddress },
    });
    await assertAsBefore();
  });

  it('takes a change back at once when a person says so', async () => {
    await assert.rejects(guest.operator().call('applyAndRevertNow', { plan: await makePlan() }), {
      code: 'guest.revertedByUser',
    });
    await assertAsBefore();
  });

  it('takes the last change back later, once', async () => {
    await guest.operator().call('apply', { plan: await makePlan() });
    const back = await guest.operator().call('planRevert');
    await guest.operator().call('apply', { plan: back });
    await assertAsBefore();
    await assert.rejects(guest.operator().call('planRevert'), { code: 'guest.nothingToRevert' });
  });

  it('gives what was written by hand the better form, whichever address came up first, and takes it back', async () => {
    const live = () =>
      guest.inGuest(
        "ip -o -4 addr show dev eth0 | sed -n 's/.* inet \\([0-9./]*\\) .* \\(eth0[:0-9]*\\)\\\\.*/\\1 \\2/p' | sort",
      );
    const source = () => guest.inGuest('ip -4 route get 203.0.113.1 | grep -o "src [0-9.]*"');
    const broad = `192.168.1.100/24 eth0\n${secondary}/24 eth0:1\n`;
    await guest.inGuest(`
      cp -a /etc/network/interfaces /root/interfaces
      printf '\\n# by hand\\nauto eth0:1\\niface eth0:1 inet static\\naddress ${secondary}\\nnetmask 255.255.255.0\\n' >> /etc/network/interfaces
      cp -a /etc/hosts /root/hosts; echo "127.0.1.1 $(hostname)" >> /etc/hosts
      ifup eth0:1`);
    const byHand = await guest.inGuest('cat /etc/network/interfaces');
    for (const first of ['the lease', 'the alias'] as const) {
      if (first === 'the alias') {
        await guest.inGuest(`
          ip -4 addr flush dev eth0; ip addr add ${secondary}/24 dev eth0 label eth0:1
          ip addr add 192.168.1.100/24 brd + dev eth0 valid_lft 3600 preferred_lft 3600
          ip route replace default via 192.168.1.1 dev eth0`);
        assert.equal(await source(), `src ${secondary}\n`);
      }
      assert.equal(await live(), broad);
      assert.deepEqual((await makePlan()).changes, []);
      const plan = await guest.operator().call('planBetterForm', { addresses: [secondary] });
      assert.deepEqual(await guest.operator().call('apply', { plan }), { roundTrips: 2 });
      assert.equal(await live(), `192.168.1.100/24 eth0\n${secondary}/32 eth0:1\n`);
      assert.equal(await source(), 'src 192.168.1.100\n');
      assert.equal(
        await guest.inGuest('cat /etc/network/interfaces'),
        byHand.replace(
          /auto eth0:1[^]*/,
          `\n# EC2 Multi-IP: secondary address ${secondary} of ${guest.instanceId}\nauto eth0:1\niface eth0:1 inet static\n    address ${secondary}\n    netmask 32\n`,
        ),
      );
      assert.match(await guest.inGuest('ifquery --list; ifquery eth0:1'), /eth0\neth0:1\n.*\nnetmask: .*32/s);
      assert.deepEqual(
        (await guest.operator().call('planBetterForm', { addresses: [secondary] })).changes,
        [],
      );
      await guest.operator().call('apply', { plan: await guest.operator().call('planRevert') });
      assert.equal(await guest.inGuest('cat /etc/network/interfaces'), byHand);
      assert.equal(await live(), broad);
      assert.equal(await guest.inGuest('cat /proc/sys/net/ipv4/conf/eth0/promote_secondaries'), '0\n');
    }
    await guest.inGuest(`ifdown eth0:1; ip addr del ${secondary}/24 dev eth0 2>/dev/null
      cp -a /root/interfaces /etc/network/interfaces; cp -a /root/hosts /etc/hosts`);
    await assertAsBefore();
  });

  it('refuses an immutable or read-only file, and a full disk, and changes nothing', async () => {
    const plan = await makePlan();
    await guest.inGuest('mount --bind /etc/hosts /etc/hosts && mount -o remount,bind,ro /etc/hosts');
    await assert.rejects(guest.operator().call('apply', { plan }), {
      code: 'guest.fileNotWritable',
    });
    await guest.inGuest('umount /etc/hosts');
    await guest.inGuest(`
      mkdir -p /var/lib/ec2-multi-ip; mount -t tmpfs -o size=16k none /var/lib/ec2-multi-ip
      head -c 12288 /dev/zero > /var/lib/ec2-multi-ip/full`);
    await assert.rejects(guest.operator().call('apply', { plan }), { code: 'guest.fileNotWritable' });
    await guest.inGuest('umount /var/lib/ec2-multi-ip');
    for (const path of ['/etc/hosts', '/etc/network/interfaces.d']) {
      await guest.inGuest(setImmutable(path, true));
      await assert.rejects(guest.operator().call('apply', { plan }), { code: 'guest.fileNotWritable' }, path);
      await guest.inGuest(setImmutable(path, false));
    }
    await assertAsBefore();
  });

  it('refuses where the manager is half installed, and changes nothing', async () => {
    await guest.inGuest('cp --remove-destination /sbin/ifup /sbin/ifquery; mv /sbin/ifup /root/');
    await assert.rejects(guest.operator().call('apply', { plan: await makePlan() }), {
      code: 'guest.candidateRefused',
    });
    await guest.inGuest('rm /sbin/ifquery');
    await assert.rejects(makePlan(), {
      code: 'guest.unsupportedManager',
      data: { interface: 'eth0', manager: 'unknown' },
    });
    await guest.inGuest('mv /root/ifup /sbin/; ln -s ifup /sbin/ifquery');
    await assertAsBefore();
  });

  it('is not misled by banners, another language, or a hostile hostname', async () => {
    await guest.inGuest(`
      cp -a /home/admin/.bashrc /root/bashrc; hostname > /root/hostname
      printf 'echo "Willkommen"; echo "refused"; echo ok\\n' | cat - /root/bashrc > /home/admin/.bashrc
      printf 'LANG=de_DE.UTF-8\\nLC_ALL=de_DE.UTF-8\\n' > /etc/environment`);
    for (const hostname of hostileHostnames) {
      const name = Buffer.from(hostname).toString('base64');
      await guest.inGuest(
        `python3 -c 'import base64, socket; socket.sethostname(base64.b64decode("${name}").decode())'`,
      );
      const plan = await makePlan();
      const [change] = plan.changes;
      assert.ok(change?.kind === 'configureGuest');
      // Nothing of it is written anywhere, nor shown: neither in a file nor in what the plan says.
      assert.deepEqual(
        change.input.files.map(({ path }) => path),
        ['/etc/network/interfaces.d/60-ec2-multi-ip'],
        hostname,
      );
      const texts = change.input.files.map(({ after }) => Buffer.from(after ?? '', 'base64').toString());
      const said = `${texts.join('')}${changeTitle(change)}${changeDetail(change) ?? ''}`;
      assert.doesNotMatch(said, /pwned|mail|(?!\n)\p{Cc}/u);
      if (![hostileHostnames[0], hostileHostnames.at(-1)].includes(hostname)) continue;
      await guest.operator().call('apply', { plan });
      assert.match(await guest.inGuest('ip -o -4 addr show dev eth0'), /192\.168\.1\.101\/32/);
      await guest.operator().call('apply', { plan: await guest.operator().call('planRevert') });
    }
    assert.equal(
      await guest.inGuest('ls -d /pwned /tmp/pwned /home/admin/pwned /root/pwned 2>/dev/null || true'),
      '',
    );
    await guest.inGuest(
      'hostname "$(cat /root/hostname)"; rm /etc/environment; cp -a /root/bashrc /home/admin/.bashrc',
    );
    await assertAsBefore();
  });

  it('works with neither python nor perl, and with the tools of busybox alone', async () => {
    const [running] = await guest.lab.guests();
    await guest.inGuest(
      'cp -a /usr/bin/python3.11 /usr/bin/perl /root/; rm /usr/bin/python3.11 /usr/bin/perl',
    );
    const restore = await useBusybox(running?.rootDirectory ?? '', (script) => guest.inGuest(script));
    const plan = await makePlan();
    assert.deepEqual(await guest.operator().call('apply', { plan }), { roundTrips: 2 });
    assert.match(await guest.inGuest('ip -o -4 addr show dev eth0'), /192\.168\.1\.101\/32/);
    await guest.operator().call('apply', { plan: await guest.operator().call('planRevert') });
    // And the other way round: what nobody confirms goes back by the process that sleeps.
    const again = await makePlan();
    await assert.rejects(guest.operator().call('applyAndVanish', { plan: again, revertSeconds: 2 }));
    while (await unfinished()) await sleep(100);
    await restore();
    await guest.inGuest('cp -a /root/python3.11 /root/perl /usr/bin/');
    await assertAsBefore();
  });

  describe('with a sudo that asks', () => {
    const sudoers = '/etc/sudoers.d/90-cloud-init-users';
    const leftovers =
      "find / -xdev -name '.ec2-multi-ip.*' 2>/dev/null; ls -A /dev/shm /run/user 2>/dev/null; pgrep -ax cat; true";
    const password = secrets.sudoPassword;
    before(() => {
      const line = Buffer.from(`admin:${password}\n`).toString('base64');
      return guest.inGuest(`echo ${line} | base64 -d | chpasswd; sed -i 's/NOPASSWD://' ${sudoers}`);
    });
    after(() => guest.inGuest(`sed -i 's/ ALL$/ NOPASSWD:ALL/' ${sudoers}`));

    it('takes the password, mistyped once, and leaves no trace of it', async () => {
      await guest.operator().call('setSudoPassword', { password });
      const plan = await makePlan();
      await guest.operator().call('apply', { plan });
      assert.match(await guest.inGuest('ip -o -4 addr show dev eth0'), /192\.168\.1\.101\/32/);
      await guest.operator().call('apply', { plan: await guest.operator().call('planRevert') });
      await assertAsBefore();
      assert.doesNotMatch(await guest.inGuest(leftovers), /ec2-multi-ip|cat/);
      assert.equal(
        await guest.inGuest(
          "grep -rlF '100%' /var/lib/ec2-multi-ip /tmp /run /home /var/tmp 2>/dev/null || true",
        ),
        '',
      );
    });

    it('says when the password is wrong, when none is given, and when the user may not', async () => {
      const data = { host: guest.setting.host, user: 'admin' };
      await guest.operator().call('setSudoPassword', { password: 'wrong' });
      await assert.rejects(makePlan(), { code: 'ssh.sudoWrongPassword', data });
      await guest.operator().call('setSudoPassword', { password: undefined });
      await assert.rejects(makePlan(), { code: 'ssh.sudoNeedsPassword', data });
      await guest.operator().call('setSudoPassword', { password });
      await guest.inGuest(`mv ${sudoers} /root/sudoers; gpasswd -d admin sudo`);
      await assert.rejects(makePlan(), { code: 'ssh.sudoRefused' });
      await guest.inGuest(`mv /root/sudoers ${sudoers}; gpasswd -a admin sudo; mv /usr/bin/sudo /root/`);
      await assert.rejects(makePlan(), { code: 'ssh.sudoRefused' });
      await guest.inGuest('mv /root/sudo /usr/bin/');
      await assertAsBefore();
    });
  });
});
