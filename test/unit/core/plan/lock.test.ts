import { rejects } from 'node:assert/strict';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockPlan } from '../../../../src/core/plan/lock.ts';
import { coreFailure } from '../coreFailure.ts';

const HEARTBEAT = 50;
const anHourAgo = new Date(Date.now() - 3_600_000);

describe('the lock of a plan', () => {
  let directory: string;
  let path: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'lock-'));
    path = join(directory, 'p.lock');
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('is still held when the machine wakes from a sleep that was longer than any holder is silent', async () => {
    const lock = await lockPlan(path, HEARTBEAT);
    await utimes(path, anHourAgo, anHourAgo);
    await rejects(lockPlan(path, HEARTBEAT), coreFailure('plan.locked', { process: process.pid }));
    await lock.release();
    await (await lockPlan(path)).release();
  });

  it('is taken over where its process id is somebody else’s by now', async () => {
    await writeFile(path, `${String(process.pid)} x`);
    await utimes(path, anHourAgo, anHourAgo);
    await (await lockPlan(path, HEARTBEAT)).release();
  });

  it('is taken over where its holder ended before it had written its name', async () => {
    await writeFile(path, '');
    await rejects(lockPlan(path, HEARTBEAT), coreFailure('plan.locked', { process: 0 }));
    await utimes(path, anHourAgo, anHourAgo);
    await (await lockPlan(path, HEARTBEAT)).release();
  });
});
