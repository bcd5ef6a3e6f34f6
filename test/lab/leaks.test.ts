import { deepEqual, equal, ok } from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { RunInstancesCommand } from '@aws-sdk/client-ec2';
import { debianImage } from './emulator/emulator.ts';
import { connectLab, type Lab } from './lab.ts';
import { runBase, sweep } from './process/runDirectory.ts';
import { ec2Client } from './testing/ec2.ts';

/** Everything of one lab that the machine outside can see. */
interface Traces {
  readonly processes: readonly string[];
  readonly runDirectory: boolean;
  readonly controlGroups: readonly string[];
}

const none: Traces = { processes: [], runDirectory: false, controlGroups: [] };

/** A lab's processes are those in its mount namespaces or, as its guard, with its run directory as an argument. */
function tracesOf(lab: Lab, networkNamespaces: ReadonlySet<string>): Traces {
  const processes = readdirSync('/proc').filter(
    (pid) =>
      /^\d+$/.test(pid) &&
      Number(pid) !== process.pid &&
      (networkNamespaces.has(link(`/proc/${pid}/ns/net`)) ||
        read(`/proc/${pid}/cmdline`).includes(lab.runDirectory)),
  );
  const controlGroups = ['/sys/fs/cgroup', '/sys/fs/cgroup/systemd', '/sys/fs/cgroup/unified']
    .map((hierarchy) => join(hierarchy, 'ec2-multi-ip', basename(lab.runDirectory)))
    .filter((directory) => existsSync(directory));
  return { processes, runDirectory: existsSync(lab.runDirectory), controlGroups };
}

function link(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** What the machine itself sees of any lab: mounts, links and named network namespaces, of which there are to be none. */
function machine(): readonly string[] {
  const named = existsSync('/run/netns') ? readdirSync('/run/netns') : [];
  return [
    ...readFileSync('/proc/self/mounts', 'utf8')
      .split('\n')
      .filter((line) => /ec2-multi-ip|guest overlay/.test(line)),
    ...readdirSync('/sys/class/net').filter((device) => /^(eni|vpc\d|gateway|operator)/.test(device)),
    ...named.filter((name) => /^(i-|vpc-|internet$)/.test(name)),
  ];
}

/** A lab with one guest, started by a process of its own, which can be killed without the test. */
async function startInChild(): Promise<{ starter: ChildProcess; lab: Lab; namespaces: ReadonlySet<string> }> {
  const module = JSON.stringify(new URL('lab.ts', import.meta.url).href);
  const script = `const { startLab } = await import(${module});
    console.log((await startLab()).runDirectory);
    setInterval(() => undefined, 1000);`;
  const starter = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [runDirectory] = (await once(createInterface(starter.stdout), 'line')) as [string];
  const lab = await connectLab(runDirectory);
  const ec2 = ec2Client(lab);
  await ec2.send(
    new RunInstancesCommand({ ImageId: debianImage, InstanceType: 't3.micro', MinCount: 1, MaxCount: 1 }),
  );
  ec2.destroy();
  await lab.settle();
  const [guest] = await lab.guests();
  const operator = lab.enterOperator.find((word) => word.startsWith('--net='))?.slice('--net='.length) ?? '';
  const namespaces = new Set([link(guest?.namespaces?.net ?? ''), link(operator)]);
  equal(namespaces.size, 2);
  return { starter, lab, namespaces };
}

/** A process of the lab whose command line does not name the run directory: it is in the operator's namespace. */
function childOfSupervisor(text: string, lab: Lab): number | undefined {
  const operator = link(
    lab.enterOperator.find((word) => word.startsWith('--net='))?.slice('--net='.length) ?? '',
  );
  const found = readdirSync('/proc').find(
    (pid) => link(`/proc/${pid}/ns/net`) === operator && read(`/proc/${pid}/cmdline`).includes(text),
  );
  return found === undefined ? undefined : Number(found);
}

/** The ids of the lab's processes whose command line holds a text, by which the test picks a victim. */
function processesWith(text: string, lab: Lab): readonly number[] {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid)
    .filter((pid) => [text, lab.runDirectory].every((part) => read(`/proc/${pid}/cmdline`).includes(part)))
    .map(Number);
}

/** Those who hold the lab together; whichever dies, the rest must follow. */
const victims: readonly { who: string; find: (lab: Lab, starter: ChildProcess) => number | undefined }[] = [
  { who: 'the process that started it', find: (_lab, starter) => starter.pid },
  { who: 'the guard', find: (lab) => processesWith('guard.sh', lab)[0] },
  { who: 'unshare, the parent of its namespaces', find: (lab) => processesWith('unshare', lab)[0] },
  { who: 'process 1 of its namespaces', find: (lab) => Number(/\d+/.exec(lab.enterOperator.join(' '))?.[0]) },
  {
    who: 'the supervisor',
    find: (lab) =>
      processesWith('supervisor.ts', lab).find((pid) => link(`/proc/${pid}/exe`).endsWith('node')),
  },
  { who: 'the emulator', find: (lab) => childOfSupervisor('ec2_emulator', lab) },
];

describe('a lab that is killed leaves nothing behind', function () {
  this.timeout(300_000);

  for (const { who, find } of victims) {
    it(`after SIGKILL of ${who}`, async () => {
      const { starter, lab, namespaces } = await startInChild();
      try {
        ok(tracesOf(lab, namespaces).processes.length > 5);
        const victim = find(lab, starter);
        ok(victim !== undefined && victim > 1, 'there is a process to kill');
        process.kill(victim, 'SIGKILL');
        while (tracesOf(lab, namespaces).processes.length > 0) await sleep(50);
        // What only lies about, without effect, may wait for the next lab; a guard that lives removes it at once.
        await sweep(lab.runDirectory);
        deepEqual(tracesOf(lab, namespaces), none);
        deepEqual(machine(), []);
      } finally {
        starter.kill('SIGKILL');
      }
    });
  }

  it('and one that is stopped removes even its run directory', async () => {
    const { starter, lab, namespaces } = await startInChild();
    await lab.stop();
    deepEqual(tracesOf(lab, namespaces), none);
    ok(existsSync(runBase));
    starter.kill('SIGKILL');
  });
});
