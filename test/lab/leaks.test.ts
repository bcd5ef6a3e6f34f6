import { deepEqual, equal, ok } from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectLab, type Lab } from './lab.ts';
import { runBase } from './process/runDirectory.ts';
import { ec2Client } from './testing/ec2.ts';
import { newKeyPair } from './testing/operator.ts';
import { makeStack } from './testing/stack.ts';

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

/** The network namespaces, mounts and links that the machine itself sees. */
function machine(): { mounts: string; links: string } {
  return { mounts: readFileSync('/proc/self/mounts', 'utf8'), links: readdirSync('/sys/class/net').join() };
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
  await makeStack(ec2, newKeyPair().publicKey);
  ec2.destroy();
  await lab.settle();
  const [guest] = await lab.guests();
  const operator = lab.enterOperator.find((word) => word.startsWith('--net='))?.slice('--net='.length) ?? '';
  const namespaces = new Set([link(guest?.namespaces?.net ?? ''), link(operator)]);
  equal(namespaces.size, 2);
  return { starter, lab, namespaces };
}

/** The ids of the lab's processes whose command line holds a text, by which the test picks a victim. */
function processesWith(text: string, lab: Lab): readonly number[] {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid)
    .filter((pid) => [text, lab.runDirectory].every((part) => read(`/proc/${pid}/cmdline`).includes(part)))
    .map(Number);
}

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
];

describe('a lab that is killed leaves nothing behind', function () {
  this.timeout(300_000);

  for (const { who, find } of victims) {
    it(`after SIGKILL of ${who}`, async () => {
      const before = machine();
      const { starter, lab, namespaces } = await startInChild();
      try {
        ok(tracesOf(lab, namespaces).processes.length > 5);
        const victim = find(lab, starter);
        ok(victim !== undefined && victim > 1, 'there is a process to kill');
        process.kill(victim, 'SIGKILL');
        while (tracesOf(lab, namespaces).processes.length > 0) await sleep(50);
        // What only lies about, without effect, may wait for the next lab; a guard that lives removes it at once.
        await (await import('./process/runDirectory.ts')).sweep(lab.runDirectory);
        deepEqual(tracesOf(lab, namespaces), none);
        deepEqual(machine(), before);
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
