import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cp, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { unpackedPackage } from '../integration/debianPackage.ts';
import { startLabGuest } from '../integration/guest/labGuest.ts';
import type { LabGuest } from '../integration/guest/labGuest.ts';
import { ensurePackages } from '../lab/process/packages.ts';
import { playbook } from './guestPlaybook.ts';
import { type Bench, median } from './table.ts';

const COUNTS = [1, 50];
const RUNS = 3;
/** As Debian's package sets it up, which is what the target is about; and as fast as its own manual makes it. */
const SETTINGS = [
  { called: 'as installed', environment: {} },
  { called: 'with pipelining', environment: { ANSIBLE_PIPELINING: 'True' } },
] as const;
type AnsibleSetting = (typeof SETTINGS)[number];
const TARGET_RATIO = 5;
const TARGET_ROUND_TRIPS = 4;

/** Secondary addresses for a guest that lacks them, by Ansible and by us: written, brought up, and by us proven. */
export const bench: Bench = {
  title: `Addresses in a guest: Ansible beside the transaction (median of ${String(RUNS)})`,
  run: async (log) => {
    await ensurePackages('The comparison', { '/usr/bin/ansible-playbook': 'ansible' }, log);
    const guest = await startLabGuest();
    try {
      await givePython(guest);
      const rows = [];
      for (const count of COUNTS) {
        log(`${String(count)} addresses…`);
        rows.push(...(await measure(guest, count)));
      }
      return { table: [HEADER, ...rows.map(cells)], problem: rows.flatMap(problemOf)[0] };
    } finally {
      await guest.stop();
    }
  },
};

const HEADER = ['addresses', '', 'Ansible', 'its SSH commands', 'we', 'our round trips', 'Ansible / we'];

interface Row {
  readonly count: number;
  readonly setting: AnsibleSetting;
  readonly ansible: number;
  readonly ansibleCommands: number;
  readonly ours: number;
  readonly roundTrips: number;
}

const cells = ({ count, setting, ansible, ansibleCommands, ours, roundTrips }: Row) => [
  count,
  setting.called,
  `${(ansible / 1000).toFixed(2)} s`,
  ansibleCommands,
  `${(ours / 1000).toFixed(2)} s`,
  roundTrips,
  (ansible / ours).toFixed(1),
];

function problemOf({ count, setting, ansible, ours, roundTrips }: Row): string[] {
  const what = `${String(count)} addresses`;
  return [
    ...(setting === SETTINGS[0] && ansible < TARGET_RATIO * ours
      ? [`${what}: less than ${String(TARGET_RATIO)} times faster.`]
      : []),
    ...(roundTrips > TARGET_ROUND_TRIPS ? [`${what}: ${String(roundTrips)} round trips.`] : []),
  ];
}

/** Ansible's modules want more of Python than the lab's guest has. */
async function givePython(guest: LabGuest): Promise<void> {
  const [running] = await guest.lab.guests();
  const tree = await unpackedPackage('libpython3.11-stdlib');
  await cp(join(tree, 'usr/lib/python3.11'), join(running?.rootDirectory ?? '', 'usr/lib/python3.11'), {
    recursive: true,
    force: false,
  });
}

async function measure(guest: LabGuest, count: number): Promise<Row[]> {
  const addresses = Array.from({ length: count }, (_, index) => `192.168.1.${String(101 + index)}`);
  await writeFile(playbookOf(guest), playbook(addresses));
  await guest.inGuest('cp -a /etc/network /etc/hosts /root/');
  const ansible = new Map<AnsibleSetting, number[]>(SETTINGS.map((setting) => [setting, []]));
  const byUs: number[] = [];
  let roundTrips = 0;
  for (let round = 0; round < RUNS; round++) {
    for (const [setting, times] of ansible) {
      times.push(await timed(() => runAnsible(guest, setting)));
      await assertUp(guest, addresses);
      await startOver(guest, addresses);
    }
    byUs.push(
      await timed(async () => {
        const plan = await guest.operator().call('plan', { addresses });
        const applied = await guest.operator().call('apply', { plan });
        // Reading the guest for the plan is one more.
        roundTrips = 1 + applied.roundTrips;
      }),
    );
    await assertUp(guest, addresses);
    await startOver(guest, addresses);
  }
  const rows: Row[] = [];
  for (const [setting, times] of ansible) {
    const said = await runAnsible(guest, setting, ['-vvv']);
    await startOver(guest, addresses);
    const ansibleCommands = said.match(/SSH: EXEC /g)?.length ?? 0;
    rows.push({ count, setting, ansible: median(times), ansibleCommands, ours: median(byUs), roundTrips });
  }
  return rows;
}

const playbookOf = ({ setting }: LabGuest): string => join(dirname(setting.keyFile), 'playbook.yml');

/** Begins without a connection, as we do: the one that it would keep for the next run is taken from it. */
async function runAnsible(
  guest: LabGuest,
  how: AnsibleSetting,
  more: readonly string[] = [],
): Promise<string> {
  const { lab, setting } = guest;
  const [command = '', ...args] = [
    ...lab.enterOperator,
    ...['/usr/bin/ansible-playbook', ...more, '-i', `${setting.host},`],
    ...['--user', setting.user, '--private-key', setting.keyFile, playbookOf(guest)],
  ];
  const connections = join(dirname(setting.keyFile), `connections-${randomUUID().slice(0, 4)}`);
  const env = {
    PATH: '/usr/bin:/bin:/usr/sbin:/sbin',
    HOME: dirname(setting.keyFile),
    LC_ALL: 'C.UTF-8',
    ANSIBLE_HOST_KEY_CHECKING: 'False',
    ANSIBLE_PYTHON_INTERPRETER: '/usr/bin/python3',
    ANSIBLE_SSH_CONTROL_PATH_DIR: connections,
    ...how.environment,
  };
  const { stdout } = await promisify(execFile)(command, args, { env, maxBuffer: 1 << 28 });
  return stdout;
}

async function assertUp(guest: LabGuest, addresses: readonly string[]): Promise<void> {
  const live = await guest.inGuest('ip -o -4 addr show dev eth0');
  const missing = addresses.find((address) => !live.includes(` ${address}/`));
  if (missing !== undefined) throw new Error(`${missing} is not up.`);
}

async function startOver(guest: LabGuest, addresses: readonly string[]): Promise<void> {
  await guest.inGuest(`
    for n in $(seq ${String(addresses.length)}); do ifdown --force eth0:$n; done >/dev/null 2>&1
    ${addresses.map((address) => `ip addr del ${address}/32 dev eth0 2>/dev/null`).join('; ')}
    rm -rf /etc/network/interfaces.d/* /var/lib/ec2-multi-ip
    cp -a /root/network/interfaces /etc/network/; cp -a /root/hosts /etc/hosts`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now();
  await work();
  return performance.now() - since;
}
