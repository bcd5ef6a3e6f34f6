import { readFileSync } from 'node:fs';

/** Whether a process is there, and not only its entry, which nobody may have asked for yet. */
export function isAlive(id: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${id}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
