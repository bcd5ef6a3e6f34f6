import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConfigureGuest } from '../../../src/core/guest/configureGuest.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { cutPoint, installCuts } from './cutPoint.ts';
import { startLabGuest } from './labGuest.ts';
import type { LabGuest } from './labGuest.ts';

const secondary = '192.168.1.101';
const startOver = `
  cp -a /root/hosts /etc/hosts; rm -rf /etc/network/interfaces.d/* /etc/network/interfaces.d/.[!.]* /var/lib/ec2-multi-ip
  ip addr del ${secondary}/32 dev eth0 2>/dev/null; systemctl reset-failed; true`;

describe('a transaction that is cut off at each of its steps', function () {
  this.timeout(600_000);
  let guest: LabGuest;
  let plan: Plan;
  let change: ConfigureGuest;
  let steps: readonly string[];
  before(async () => {
    guest = await startLabGuest();
    await guest.inGuest('cp -a /etc/hosts /root/hosts');
    await installCuts(guest);
    plan = await guest.operator().call('plan', { addresses: [secondary] });
    const [first] = plan.changes;
    assert.ok(first?.kind === 'configureGuest');
    change = first.input;
    assert.equal(change.files.length, 2);
    const point = cutPoint(guest);
    await point.arm(0);
    await guest.operator().call('apply', { plan });
    steps = await point.steps();
    await guest.inGuest(startOver);
  });
  after(() => guest.stop());

  /** Each file is what it was or what it is to become, and nothing lies beside it. */
  const assertWhole = async (step: string) => {
    for (const { path, before, after } of change.files) {
      const now = (await guest.inGuest(`[ ! -e ${path} ] || base64 -w0 ${path}`)).trim();
      assert.ok(now === (before ?? '') || now === after, `${path} after ${step}: ${now}`);
    }
  };

  it('the connection is lost: the guest is reached, and each file is wholly old or wholly new', async () => {
    let cuts = 0;
    for (const [index, step] of steps.entries()) {
      const point = cutPoint(guest);
      await point.arm(index + 1, 'connection');
      await assert.rejects(guest.operator().call('apply', { plan, revertSeconds: 1 }), step);
      await guest.inGuest(`
        for try in $(seq 200); do
          ls /var/lib/ec2-multi-ip/*/ 2>/dev/null | grep -qxE 'pending|confirming|reverting' || break
          systemctl is-active --quiet 'ec2-multi-ip-*' || break
          sleep 0.05
        done`);
      assert.equal((await guest.operator().call('facts')).interfaces[0]?.name, 'eth0');
      await assertWhole(step);
      cuts += 1;
      await guest.inGuest(startOver);
    }
    process.stdout.write(`    ${cuts} connections cut\n`);
    assert.ok(cuts > 10);
  });

  it('the guest is killed: it boots, is reached, and each file is wholly old or wholly new', async () => {
    let cuts = 0;
    for (const [index, step] of steps.entries()) {
      const point = cutPoint(guest);
      await point.arm(index + 1, 'hold');
      const applied = guest.operator().call('apply', { plan, revertSeconds: 60 });
      // Ends only when the guest is gone, unless something is wrong.
      await Promise.race([applied.then(() => assert.fail(`not held before ${step}`)), point.held()]);
      applied.catch(() => undefined);
      const [{ pid = 0 } = {}] = await guest.lab.guests();
      process.kill(pid, 'SIGKILL');
      guest.operator().stop();
      while (existsSync(`/proc/${pid}`)) await sleep(20);
      await guest.lab.settle();
      assert.equal((await guest.operator().call('facts')).interfaces[0]?.name, 'eth0');
      await assertWhole(step);
      cuts += 1;
      await guest.inGuest(startOver);
    }
    process.stdout.write(`    ${cuts} guests killed\n`);
    assert.ok(cuts > 10);
  });

  it('killed between two files, it takes the change the next time, and every byte of that back', async () => {
    const between = steps.findIndex((step) => step.startsWith('mv -f "$C1"'));
    assert.ok(between > 0);
    const point = cutPoint(guest);
    await point.arm(between + 1, 'connection');
    await assert.rejects(guest.operator().call('apply', { plan, revertSeconds: 600 }));
    // What was left waits for its timer: nothing else may begin meanwhile.
    const other = await guest.operator().call('plan', { addresses: [secondary] });
    await assert.rejects(guest.operator().call('apply', { plan: other }), { code: 'guest.busy' });
    await guest.inGuest("systemctl stop 'ec2-multi-ip-*.timer'; systemctl reset-failed; true");
    await assert.rejects(guest.operator().call('apply', { plan: other }), { code: 'guest.recovered' });
    await assertWhole('the next transaction');
    const again = await guest.operator().call('plan', { addresses: [secondary] });
    await guest.operator().call('apply', { plan: again });
    assert.match(await guest.inGuest('ip -o -4 addr show dev eth0'), /192\.168\.1\.101\/32/);
    await guest.operator().call('apply', { plan: await guest.operator().call('planRevert') });
    assert.doesNotMatch(await guest.inGuest('ip -o -4 addr show dev eth0'), /192\.168\.1\.101/);
    for (const { path, before } of change.files) {
      assert.equal((await guest.inGuest(`[ ! -e ${path} ] || base64 -w0 ${path}`)).trim(), before ?? '');
    }
    await assert.rejects(guest.operator().call('planRevert'), { code: 'guest.nothingToRevert' });
  });
});
