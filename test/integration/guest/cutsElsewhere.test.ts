import assert from 'node:assert/strict';
import { kinds } from '../../lab/image/kinds.ts';
import { cutConnection, killGuest, prepareTrial } from './cutTrial.ts';
import { startLabGuest } from './labGuest.ts';

const secondary = '192.168.1.101';

/** Another manager's files, and how its guest is made to forget a trial. */
const managers = {
  'netplan-id': 'rm -f /etc/netplan/60-* /etc/netplan/.60-*; netplan generate; networkctl reload',
  networkd: 'rm -rf /etc/systemd/network/*.d; networkctl reload',
  ifupdown2: 'rm -f /etc/network/if-up.d/60-* /etc/network/if-up.d/.60-*',
  'ifupdown-ng': 'rm -f /etc/network/interfaces.d/60-* /etc/network/interfaces.d/.60-*',
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
    await guest.inGuest(
      'cp -a /etc/NetworkManager/system-connections/eth0.nmconnection /root/ 2>/dev/null || true',
    );
    const makePlan = () => guest.operator().call('plan', { addresses: [secondary] });
    const trial = await prepareTrial(guest, makePlan, `${forget}; ip addr del ${secondary}/32 dev eth0`);
    const own = trial.steps.filter(isOwnStep);
    assert.ok(own.length > 5, own.join('\n'));
    for (const [index, step] of trial.steps.entries()) {
      if (!isOwnStep(step, index, trial.steps)) continue;
      try {
        await cutConnection(guest, trial, index + 1);
        await killGuest(guest, trial, index + 1);
      } catch (cause) {
        throw new Error(`cut off before ${step}`, { cause });
      }
    }
    return `${own.length} connections cut, ${own.length} guests killed`;
  } finally {
    await guest.stop();
  }
}
