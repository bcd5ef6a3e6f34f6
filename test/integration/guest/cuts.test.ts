import assert from 'node:assert/strict';
import { cutPoint } from './cutPoint.ts';
import { assertWhole, cutConnection, killGuest, prepareTrial } from './cutTrial.ts';
import type { Trial } from './cutTrial.ts';
import { startLabGuest } from './labGuest.ts';
import type { LabGuest } from './labGuest.ts';

const secondary = '192.168.1.101';

describe('a transaction that is cut off at each of its steps', function () {
  this.timeout(600_000);
  let guest: LabGuest;
  let trial: Trial;
  before(async () => {
    guest = await startLabGuest();
    const makePlan = () => guest.operator().call('plan', { addresses: [secondary] });
    trial = await prepareTrial(
      guest,
      makePlan,
      `rm -rf /etc/network/interfaces.d/* /etc/network/interfaces.d/.[!.]*; ip addr del ${secondary}/32 dev eth0`,
    );
    assert.equal(trial.change.files.length, 2);
    assert.ok(trial.steps.length > 10);
  });
  after(() => guest.stop());

  it('the connection is lost: the guest is reached, and each file is wholly old or wholly new', async () => {
    for (const index of trial.steps.keys()) await cutConnection(guest, trial, index + 1);
    process.stdout.write(`    ${trial.steps.length} connections cut\n`);
  });

  it('the guest is killed: it boots, is reached, and each file is wholly old or wholly new', async () => {
    for (const index of trial.steps.keys()) await killGuest(guest, trial, index + 1);
    process.stdout.write(`    ${trial.steps.length} guests killed\n`);
  });

  it('killed between two files, it takes the change the next time, and every byte of that back', async () => {
    const { plan, change, steps } = trial;
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
    await assertWhole(guest, trial, between + 1);
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
