import { deepEqual } from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { journalPath, readActivities, readFaults, undoIdOf } from '../../../../src/core/plan/activities.ts';
import { type JournalEntry, openJournal } from '../../../../src/core/plan/journal.ts';
import type { Plan } from '../../../../src/core/plan/plan.ts';
import { planBuilder } from '../../../../src/core/plan/planBuilder.ts';

const planNamed = (id: string, createdAt = '2026-01-01T00:00:00Z'): Plan => {
  const plan = planBuilder();
  plan.add('eip', 'allocateEip', { name: 'n' });
  return plan.build('pair', 'us-east-1', { id, createdAt });
};
const begun: JournalEntry = { type: 'intent', change: 'eip' };
const made: JournalEntry = { type: 'result', change: 'eip', outputs: { allocationId: 'e' } };
const end = (state: 'done' | 'failed' | 'cancelled'): JournalEntry => ({ type: 'end', state });

describe('the activities of a folder of journals', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-journals-'))));
  afterEach(() => rm(folder, { recursive: true }));

  const write = async (plan: Plan, ...entries: readonly JournalEntry[]): Promise<void> => {
    const journal = await openJournal(journalPath(folder, plan.id), plan);
    for (const entry of entries) await journal.append(entry);
    await journal.close();
  };
  const shown = async () =>
    (await readActivities(folder)).map(({ plan, state, undoable }) => [plan.id, state, undoable]);

  it('say what is done, unfinished, half taken back and undone, the newest first', async () => {
    await write(planNamed('1-done'), begun, made, end('done'));
    await write(planNamed('2-cut', '2026-01-02T00:00:00Z'), begun);
    await write(planNamed('3-failed', '2026-01-03T00:00:00Z'), begun, end('failed'));
    for (const [id, day, ending] of [
      ['4-half', '04', 'cancelled'],
      ['5-back', '05', 'done'],
    ] as const) {
      const plan = planNamed(id, `2026-01-${day}T00:00:00Z`);
      await write(plan, begun, made, end('done'));
      await write({ ...planNamed(undoIdOf(id)), undoes: id }, begun, end(ending));
    }
    deepEqual(await shown(), [
      ['5-back', 'undone', false],
      ['4-half', 'undoUnfinished', true],
      ['3-failed', 'unfinished', true],
      ['2-cut', 'unfinished', true],
      ['1-done', 'done', true],
    ]);
  });

  it('pass over what is no journal, and a folder that is not there', async () => {
    await writeFile(join(folder, 'torn.jsonl'), '{"type":"pl');
    await writeFile(join(folder, 'note.txt'), 'x');
    deepEqual(await shown(), []);
    deepEqual(await readActivities(join(folder, 'nowhere')), []);
  });

  it('say which journals cannot be read', async () => {
    await write(planNamed('good'), begun);
    await writeFile(join(folder, 'torn.jsonl'), '{"type":"pl');
    await writeFile(join(folder, 'undo-begun.jsonl'), '');
    await writeFile(join(folder, 'begun.lock'), '1 x');
    await writeFile(join(folder, 'later.jsonl'), '{"sum":"","type":"split"}\n');
    const path = join(folder, 'edited.jsonl');
    await writeFile(path, '{"sum":"0","type":"end","state":"done"}\n');
    deepEqual(
      (await readFaults(folder)).map(({ code, data }) => [code, data]),
      [
        ['plan.journalDamaged', { path, line: 1 }],
        ['plan.journalNewer', { path: join(folder, 'later.jsonl') }],
        ['plan.journalTorn', { path: join(folder, 'torn.jsonl') }],
      ],
    );
    deepEqual(await shown(), [['good', 'unfinished', true]]);
  });

  it('offer the undo of a plan whose journal may have lost what was begun, and not of one that was not begun', async () => {
    await write(planNamed('cut'));
    await write(planNamed('refused', '2026-01-02T00:00:00Z'), end('cancelled'));
    deepEqual(await shown(), [
      ['refused', 'unfinished', false],
      ['cut', 'unfinished', true],
    ]);
  });

  it('offer no undo of what cannot be taken back', async () => {
    const plan = planBuilder();
    plan.add('end', 'terminateInstance', { instanceId: 'i-1' });
    const ending = plan.build('teardown', 'us-east-1', { id: 't', createdAt: '' });
    await write(ending, { type: 'intent', change: 'end' });
    deepEqual(await shown(), [['t', 'unfinished', false]]);
  });
});
