// A process that applies a plan and is killed at a given entry of its journal; started by killed.ts.
import { createInterface } from 'node:readline';
import { openEc2 } from '../../../../src/core/aws/door.ts';
import { silentLog } from '../../../../src/core/base/log.ts';
import { applyPlan } from '../../../../src/core/plan/apply.ts';
import { awsHandlers } from '../../../../src/core/plan/changes/awsHandlers.ts';
import { type Journal, openJournal } from '../../../../src/core/plan/journal.ts';
import type { Plan } from '../../../../src/core/plan/plan.ts';
import { UNPACED } from './unpaced.ts';

/** What the process is told, in one line. */
export interface Task {
  readonly plan: Plan;
  readonly path: string;
  readonly endpoint: string;
  /** The entry, from 1 for the plan itself, that is the last one on disk. */
  readonly lastEntry: number;
}

/** Ends the process in the very moment in which the entry is on disk. */
function deadlyAfter(lastEntry: number, journal: Journal): Journal {
  let written = 1;
  const dieIfDue = (): void => {
    if (written >= lastEntry) process.kill(process.pid, 'SIGKILL');
  };
  dieIfDue();
  return {
    ...journal,
    append: async (entry) => {
      await journal.append(entry);
      written += 1;
      dieIfDue();
    },
  };
}

createInterface(process.stdin).once('line', (line) => {
  void apply(JSON.parse(line) as Task);
});

async function apply({ plan, path, endpoint, lastEntry }: Task): Promise<void> {
  const ec2 = await openEc2({ profile: 'lab', endpoint, log: silentLog, pacer: UNPACED });
  const journal = deadlyAfter(lastEntry, await openJournal(path, plan));
  await applyPlan(plan, { handlers: awsHandlers(ec2), journal });
  process.exit(1);
}
