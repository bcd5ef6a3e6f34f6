import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConfigureGuest } from '../../../src/core/guest/configureGuest.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { kinds } from '../../lab/image/kinds.ts';
import { cutPoint, installCuts } from './cutPoint.ts';
import { startLabGuest } from './labGuest.ts';
import type { LabGuest } from './labGuest.ts';

const secondary = '192.168.1.101';

/** Another manager's files, and how its guest is made to forget a trial. */
const managers = {
  'netplan-id': 'rm -f /etc/netplan/60-* /etc/netplan/.60-*; netplan generate; networkctl reload',
  networkd: 'rm -rf /etc/systemd/network/*.d; networkctl reload',
  NetworkManager:
    'cp -a /root/eth0.nmconnection /etc/NetworkManager/system-connections/; rm -f /etc/NetworkManager/system-connections/.[!.]*; nmcli con reload; nmcli dev reapply eth0',
} as const;

/** The steps of the second half are the manager's own; those of the first are the same as with ifupdown. */
function isOwnStep(step: string, index: number, steps: readonly string[]): boolean {
  const half = steps.findIndex((each) => each.startsWith('mv "$S/pending"'));
  return index >= half || step.startsWith('ip addr');
}

// They run side by side, since each mostly waits.
describe('a transaction that is cut off at the steps that are another manager’s own', function () {
  this.timeout(400_000);
  const runs = new Map<string, Promise<PromiseSettledResult<string>>>();
  before(() => {
    for (const [kind, forget] of Object.entries(managers)) {
      runs.set(
        kind,
        Promise.allSettled([cutAll(kind, forget)]).then(([result]) => result),
      );
    }
  });

  for (const kind of Object.keys(managers)) {
    it(`${kind}: it is reached, it boots, and each file is wholly old or wholly new`, async () => {
      const result = await runs.get(kind);
      if (result?.status !== 'fulfilled') throw result?.reason;
      process.stdout.write(`    ${result.value}\n`);
    });
  }
});

async function cutAll(kind: string, forget: string): Promise<string> {
  const [image] = Object.entries(kinds).find(([, { name }]) => name === kind) ?? [];
  const guest = await startLabGuest(image);
  try {
    const trial = await prepare(guest, forget);
    const own = trial.steps.filter(isOwnStep);
    assert.ok(own.length > 5, own.join('\n'));
    for (const [index, step] of trial.steps.entries()) {
      if (!isOwnStep(step, index, trial.steps)) continue;
      try {
        await cutConnection(guest, trial, index + 1);
        await kill(guest, trial, index + 1);
      } catch (cause) {
        throw new Error(`cut off before ${step}`, { cause });
      }
    }
    return `${own.length} connections cut, ${own.length} guests killed`;
  } finally {
    await guest.stop();
  }
}

interface Trial {
  readonly plan: Plan;
  readonly change: ConfigureGuest;
  readonly steps: readonly string[];
  readonly startOver: string;
}

async function prepare(guest: LabGuest, forget: string): Promise<Trial> {
  await guest.inGuest(`cp -a /etc/hosts /root/hosts
    cp -a /etc/NetworkManager/system-connections/eth0.nmconnection /root/ 2>/dev/null || true`);
  await installCuts(guest);
  const plan = await guest.operator().call('plan', { addresses: [secondary] });
  const [first] = plan.changes;
  assert.ok(first?.kind === 'configureGuest');
  const point = cutPoint(guest);
  await point.arm(0);
  await guest.operator().call('apply', { plan });
  const steps = await point.steps();
  // A timer that is still armed would put back what the next run does.
  const startOver = `systemctl stop 'ec2-multi-ip-*.timer' 2>/dev/null; cp -a /root/hosts /etc/hosts; rm -rf /var/lib/ec2-multi-ip
    { ${forget}; ip addr del ${secondary}/32 dev eth0; systemctl reset-failed; } >/dev/null 2>&1; true`;
  await guest.inGuest(startOver);
  return { plan, change: first.input, steps, startOver };
}

async function cutConnection(guest: LabGuest, trial: Trial, at: number): Promise<void> {
  await cutPoint(guest).arm(at, 'connection');
  await assert.rejects(guest.operator().call('apply', { plan: trial.plan, revertSeconds: 1 }));
  await guest.inGuest(`
    for try in $(seq 200); do
      ls /var/lib/ec2-multi-ip/*/ 2>/dev/null | grep -qxE 'pending|confirming|reverting' || break
      systemctl is-active --quiet 'ec2-multi-ip-*' || break
      sleep 0.05
    done`);
  await lookAndStartOver(guest, trial, at);
}

async function kill(guest: LabGuest, trial: Trial, at: number): Promise<void> {
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
  await lookAndStartOver(guest, trial, at);
}

async function lookAndStartOver(guest: LabGuest, { change, steps, startOver }: Trial, at: number) {
  assert.equal((await guest.operator().call('facts')).interfaces[0]?.name, 'eth0');
  for (const { path, before, after } of change.files) {
    const now = (await guest.inGuest(`[ ! -e ${path} ] || base64 -w0 ${path}`)).trim();
    assert.ok(now === (before ?? '') || now === after, `${path} after ${steps[at - 1]}: ${now}`);
  }
  await guest.inGuest(startOver);
}
