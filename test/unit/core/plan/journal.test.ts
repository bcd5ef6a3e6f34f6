import { deepEqual, equal } from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJournal, readJournal } from '../../../../src/core/plan/journal.ts';
import { planBuilder } from '../../../../src/core/plan/planBuilder.ts';

const builder = planBuilder();
builder.add('vpc', 'createVpc', { cidr: '10.0.0.0/16', name: 'a' });
builder.add('eip', 'allocateEip', { name: 'b' });
const plan = builder.build('createStack', 'us-east-1', { id: 'p', createdAt: '2026-01-01T00:00:00Z' });
const vpc = { type: 'result', change: 'vpc', outputs: { vpcId: 'vpc-1' } } as const;

describe('a journal', () => {
  let directory: string;
  let path: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'journal-'));
    path = join(directory, 'p.jsonl');
  });
  afterEach(() => rm(directory, { recursive: true }));

  const write = async () => {
    const journal = await openJournal(path, plan);
    await Promise.all([
      journal.append({ type: 'intent', change: 'vpc' }),
      journal.append({ type: 'intent', change: 'eip' }),
    ]);
    await journal.append(vpc);
    await journal.close();
  };

  it('holds the plan, what was begun and what came of it', async () => {
    await write();
    deepEqual(await readJournal(path), {
      plan,
      results: new Map([['vpc', { vpcId: 'vpc-1' }]]),
      begun: new Set(['eip']),
      state: undefined,
    });
  });

  it('has an entry on disk when appending it resolves', async () => {
    const journal = await openJournal(path, plan);
    // So long that it is not there by chance.
    const message = 'x'.repeat(20_000_000);
    await journal.append({ type: 'failure', change: 'vpc', message });
    equal((await readFile(path, 'utf8')).endsWith(`${message}"}\n`), true);
    await journal.close();
  });

  it('says how its run ended, until it goes on', async () => {
    const journal = await openJournal(path, plan);
    await journal.append({ type: 'end', state: 'cancelled' });
    equal((await readJournal(path))?.state, 'cancelled');
    await journal.append({ type: 'intent', change: 'vpc' });
    await journal.close();
    equal((await readJournal(path))?.state, undefined);
  });

  it('is read without a torn last line, wherever it is torn', async () => {
    await write();
    const whole = await readFile(path);
    const planLine = whole.indexOf('\n');
    for (let length = 0; length < whole.length; length++) {
      await writeFile(path, whole.subarray(0, length));
      const content = await readJournal(path);
      equal(content === undefined, length < planLine);
      if (content !== undefined) equal(content.results.has('vpc'), length >= whole.length - 1);
    }
  });

  it('goes on after a torn last line, and does not begin again', async () => {
    await write();
    await truncate(path, (await readFile(path)).length - 5);
    const journal = await openJournal(path, plan);
    await journal.append({ ...vpc, outputs: { vpcId: 'vpc-2' } });
    await journal.close();
    deepEqual((await readJournal(path))?.results, new Map([['vpc', { vpcId: 'vpc-2' }]]));
    equal((await readFile(path, 'utf8')).match(/"type":"plan"/g)?.length, 1);
  });

  it('can be read by its owner alone', async () => {
    const journal = await openJournal(path, plan);
    await journal.close();
    const { mode } = await stat(path);
    equal(mode & 0o077, 0);
  });
});
