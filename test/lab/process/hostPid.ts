import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Where the supervisor sees the machine's own /proc, beside the one of its PID namespace. */
const machineProc = '/run/lab/proc';

/**
 * The id by which the machine outside knows a process of the lab; undefined if that process is gone.
 *
 * The supervisor lives in a PID namespace of its own, so its ids mean nothing to anyone else. The kernel lists a
 * process's ids in the line `NSpid:` of /proc/PID/status, the outermost first. Two labs at a time may each have a
 * process 7: the PID namespace itself tells them apart.
 */
export function hostPidOf(pid: number): number | undefined {
  const wanted = identity('/proc', String(pid));
  if (wanted === undefined) return undefined;
  for (const entry of readdirSync(machineProc)) {
    const candidate = /^\d+$/.test(entry) ? identity(machineProc, entry) : undefined;
    if (candidate?.namespace !== wanted.namespace) continue;
    if (candidate.ids.slice(-wanted.ids.length).join() === wanted.ids.join()) return Number(entry);
  }
  return undefined;
}

interface Identity {
  readonly namespace: string;
  readonly ids: readonly string[];
}

function identity(proc: string, entry: string): Identity | undefined {
  try {
    const namespace = readlinkSync(`${proc}/${entry}/ns/pid`);
    const line = /^NSpid:\s+(.*)$/m.exec(readFileSync(`${proc}/${entry}/status`, 'utf8'));
    return { namespace, ids: line?.[1]?.split(/\s+/) ?? [] };
  } catch {
    return undefined; // It ended between the listing and the look.
  }
}
