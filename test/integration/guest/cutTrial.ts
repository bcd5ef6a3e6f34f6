import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConfigureGuest } from '../../../src/core/guest/configureGuest.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { cutPoint, installCuts } from './cutPoint.ts';
import type { LabGuest } from './labGuest.ts';

/** A plan that is to be cut off at each of its steps, and how its guest forgets that it was. */
export interface Trial {
  readonly plan: Plan;
  readonly change: ConfigureGuest;
  readonly steps: readonly string[];
  readonly startOver: string;
}

/** Learns the steps of a plan by applying it once; `forget` is shell that takes everything of it away. */
export async function prepareTrial(
  guest: LabGuest,
  makePlan: () => Promise<Plan>,
  forget: string,
): Promise<Trial> {
  await guest.inGuest('cp -a /etc/hosts /root/hosts');
  await installCuts(guest);
  const plan = await makePlan();
  const [first] = plan.changes;
  assert.ok(first?.kind === 'configureGuest');
  const point = cutPoint(guest);
  await point.arm(0);
  await guest.operator().call('apply', { plan });
  const steps = await point.steps();
  // A timer that is still armed would put back what the next run does.
  const startOver = `systemctl stop 'ec2-multi-ip-*.timer' 2>/dev/null; cp -a /root/hosts /etc/hosts; rm -rf /var/lib/ec2-multi-ip
    { ${forget}; systemctl reset-failed; } >/dev/null 2>&1; true`;
  await guest.inGuest(startOver);
  return { plan, change: first.input, steps, startOver };
}

/** Cuts the connection before a step, waits for the guest to be done with it, and has `look` judge what is there. */
export async function cutConnection(
  guest: LabGuest,
  trial: Trial,
  at: number,
  look: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await cutPoint(guest).arm(at, 'connection');
  await assert.rejects(guest.operator().call('apply', { plan: trial.plan, revertSeconds: 1 }));
  await guest.inGuest(`
    for try in $(seq 200); do
      ls /var/lib/ec2-multi-ip/*/ 2>/dev/null | grep -qxE 'pending|confirming|reverting' || break
      systemctl is-active --quiet 'ec2-multi-ip-*' || break
      sleep 0.05
    done`);
  await assertWhole(guest, trial, at);
  await look();
  await guest.inGuest(trial.startOver);
}

/** Kills the guest before a step; it boots again by itself. */
export async function killGuest(guest: LabGuest, trial: Trial, at: number): Promise<void> {
  const point = cutPoint(guest);
  await point.arm(at, 'hold');
  const applied = guest.operator().call('apply', { plan: trial.plan, revertSeconds: 60 });
  // Ends only when the guest is gone, unless something is wrong.
  await Promise.race([
    applied.then(() => assert.fail(`not held before ${trial.steps[at - 1]}`)),
    point.held(),
  ]);
  applied.catch(() => undefined);
  const [{ pid = 0 } = {}] = await guest.lab.guests();
  process.kill(pid, 'SIGKILL');
  guest.operator().stop();
  while (existsSync(`/proc/${pid}`)) await sleep(20);
  await guest.lab.settle();
  await assertWhole(guest, trial, at);
  await guest.inGuest(trial.startOver);
}

/** It is reached by its primary Elastic IP, and each file is what it was or what it is to become. */
export async function assertWhole(guest: LabGuest, { change, steps }: Trial, at: number): Promise<void> {
  const { interfaces } = await guest.operator().call('facts');
  assert.ok(interfaces.some(({ name }) => name === 'eth0'));
  for (const { path, before, after } of change.files) {
    const now = (await guest.inGuest(`[ ! -e ${path} ] || base64 -w0 ${path}`)).trim();
    assert.ok(now === (before ?? '') || now === after, `${path} after ${steps[at - 1]}: ${now}`);
  }
}
