import { deepEqual, equal, rejects } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJournal, readJournal } from '../../../../src/core/plan/journal.ts';
import { planBuilder } from '../../../../src/core/plan/planBuilder.ts';
import { coreFailure } from '../coreFailure.ts';

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
      journal.append({ type: 'intent', change: 'eip', at: 7 }),
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
      since: new Map([
        ['vpc', 0],
        ['eip', 7],
      ]),
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

  it('keeps its account, and refuses another one', async () => {
    await (await openJournal(path, plan, { account: '123456789012' })).close();
    equal((await readJournal(path))?.account, '123456789012');
    await (await openJournal(path, plan, { account: '123456789012' })).close();
    const other = openJournal(path, plan, { account: '210987654321' });
    const data = { planned: '123456789012', actual: '210987654321' };
    await rejects(other, coreFailure('plan.otherAccount', data));
    // Who was refused holds nothing any more.
    await (await openJournal(path, plan)).close();
  });

  it('has one writer at a time, the undo of its plan included', async () => {
    const journal = await openJournal(path, plan);
    const undo = { ...plan, id: 'undo-p', undoes: 'p' };
    const locked = coreFailure('plan.locked', { process: process.pid });
    await rejects(openJournal(path, plan), locked);
    await rejects(openJournal(join(directory, 'undo-p.jsonl'), undo), locked);
    await journal.close();
    await (await openJournal(join(directory, 'undo-p.jsonl'), undo)).close();
  });

  it('is taken over from a process that is gone, by one alone', async () => {
    const gone = spawnSync('true').pid;
    await writeFile(join(directory, 'p.lock'), `${String(gone)} x`);
    const opened = await Promise.allSettled([1, 2, 3, 4].map(() => openJournal(path, plan)));
    const writers = opened.flatMap((it) => (it.status === 'fulfilled' ? it.value : []));
    equal(writers.length, 1);
    await Promise.all(writers.map((writer) => writer.close()));
    deepEqual(await readdir(directory), ['p.jsonl']);
  });

  it('of a newer version is left alone', async () => {
    const later = { ...plan, version: 2 };
    const newer = coreFailure('plan.journalNewer', { path });
    for (const line of [
      { type: 'plan', format: 2, plan },
      { type: 'plan', plan: later },
      { type: 'split' },
    ]) {
      const text = `{"sum":"0",${JSON.stringify(line).slice(1)}\n`;
      await writeFile(path, text);
      await rejects(readJournal(path), newer);
      await rejects(openJournal(path, plan), newer);
      equal(await readFile(path, 'utf8'), text);
    }
  });

  it('says which line somebody has edited, left out, or put somewhere else', async () => {
    await write();
    const text = await readFile(path, 'utf8');
    const lines = text.split('\n');
    const [first = '', second = '', third = '', fourth = ''] = lines;
    const edits: readonly (readonly [text: string, line: number])[] = [
      [text.replace('vpc-1', 'vpc-2'), 4],
      [text.replace('10.0.0.0/16', '10.0.0.0/17'), 1],
      [[first, third, fourth, ''].join('\n'), 2],
      [[first, third, second, fourth, ''].join('\n'), 2],
      [[first, second.slice(0, -4), third, fourth, ''].join('\n'), 2],
      [[first, '{"type":"intent","change":"x"}', second, third, fourth, ''].join('\n'), 2],
    ];
    for (const [edited, line] of edits) {
      await writeFile(path, edited);
      const failure = coreFailure('plan.journalDamaged', { path, line });
      await rejects(readJournal(path), failure, edited);
      await rejects(openJournal(path, plan), failure);
      equal(await readFile(path, 'utf8'), edited);
    }
  });

  it('forgets that a change was begun only where it was certainly refused', async () => {
    const journal = await openJournal(path, plan);
    for (const change of ['vpc', 'eip']) await journal.append({ type: 'intent', change });
    await journal.append({ type: 'failure', change: 'vpc', message: 'no', refused: true });
    await journal.append({ type: 'failure', change: 'eip', message: 'lost' });
    await journal.close();
    deepEqual((await readJournal(path))?.begun, new Set(['eip']));
  });

  it('begins anew where not even its first line is whole', async () => {
    await write();
    await truncate(path, 20);
    await write();
    deepEqual((await readJournal(path))?.results, new Map([['vpc', { vpcId: 'vpc-1' }]]));
  });

  it('can be read by its owner alone', async () => {
    const journal = await openJournal(path, plan);
    await journal.close();
    const { mode } = await stat(path);
    equal(mode & 0o077, 0);
  });
});
