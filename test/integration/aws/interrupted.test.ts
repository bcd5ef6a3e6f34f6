import { deepEqual, equal, notDeepEqual, ok } from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { awsHandlers } from '../../../src/core/plan/changes/awsHandlers.ts';
import { type Journal, openJournal, readJournal } from '../../../src/core/plan/journal.ts';
import { lookUpBegun } from '../../../src/core/plan/lookUp.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { newPlanIdentity } from '../../../src/core/plan/planBuilder.ts';
import { prepareStack } from '../../../src/core/plan/preflight.ts';
import type { StackSpec } from '../../../src/core/plan/recipes/createStack.ts';
import { undoPlan } from '../../../src/core/plan/undo.ts';
import { hideNew } from '../../lab/proxy/faults/hideNew.ts';
import { refuse } from '../../lab/proxy/faults/refuse.ts';
import { isMutating, nth } from '../../lab/proxy/select.ts';
import { type Region, applied, startRegion, tried, walkStack } from './region.ts';
import { shapeDifference, stateShape } from './stateShape.ts';

/** How many calls of the stack plan change something. */
const MUTATIONS = 14;
const EVERY_MUTATION = Array.from({ length: MUTATIONS }, (_, index) => index + 1);
/** In one Availability Zone, so that two runs come out the same. */
const stack = inZone(walkStack(), 'us-east-1a');
const patience = {
  firstMilliseconds: 5,
  longestMilliseconds: 20,
  totalMilliseconds: 5_000,
  lagMilliseconds: 100,
};

describe('a stack that is interrupted', function () {
  this.timeout(300_000);
  let region: Region;
  let path: string;
  let empty: readonly string[];
  let undisturbed: readonly string[];

  before(async () => {
    region = await startRegion();
    path = join(region.files.directory, 'journal');
    empty = await shape();
    await applied(region, await prepareStack(region.ec2, stack));
    equal(region.mutations().length, MUTATIONS);
    undisturbed = await shape();
    notDeepEqual(undisturbed, empty);
  });
  beforeEach(async () => {
    await region.reset();
    await rm(path, { force: true });
  });
  after(() => region.stop());

  const shape = async () => stateShape(await region.emulator.state());
  const resume = async () => {
    const progress = await readJournal(path);
    ok(progress);
    await applied(region, progress.plan, { progress, patience });
  };
  const undo = async () => {
    const progress = await readJournal(path);
    ok(progress);
    const handlers = awsHandlers(region.ec2);
    const results = await lookUpBegun(progress, handlers, undefined, patience);
    await applied(region, undoPlan(progress.plan, results, handlers, newPlanIdentity()), { patience });
  };
  const journalled = async (plan: Plan, journal: Journal) => {
    const outcome = await tried(region, plan, { journal, patience });
    await journal.close();
    return outcome;
  };

  it('resumes, or is taken back, where the disk is full before any line of the journal', async () => {
    for (let kept = 1; kept < 1 + 2 * MUTATIONS; kept += 3) {
      for (const [end, expected] of [
        [resume, () => undisturbed],
        [undo, () => empty],
      ] as const) {
        await region.reset();
        await rm(path, { force: true });
        const plan = await prepareStack(region.ec2, stack);
        const outcome = await journalled(plan, endingAfter(kept, await openJournal(path, plan)));
        equal(outcome.state, 'failed');
        await end();
        same(await shape(), expected(), `${end.name} after ${String(kept)} lines`);
      }
    }
  });

  it('waits until EC2 sees what was just made', async () => {
    const plan = await prepareStack(region.ec2, stack);
    region.proxy.use(hideNew(3));
    await applied(region, plan, { patience });
    region.proxy.restore();
    same(await shape(), undisturbed);
  });

  it('waits where it is throttled', async () => {
    const plan = await prepareStack(region.ec2, stack);
    for (const n of EVERY_MUTATION) {
      region.proxy.use(refuse(nth(n, isMutating), 'RequestLimitExceeded', 'Request limit exceeded.', 503));
    }
    await applied(region, plan, { patience });
    same(await shape(), undisturbed);
  });

  it('stops when it is cancelled, with what was sent waited for', async () => {
    const cancel = new AbortController();
    const plan = await prepareStack(region.ec2, stack);
    const journal = await openJournal(path, plan);
    const outcome = await tried(region, plan, {
      journal,
      signal: cancel.signal,
      onEvent: (event) => {
        if (event.type === 'done' && event.change.id === 'subnet') cancel.abort();
      },
    });
    await journal.close();
    equal(outcome.state, 'cancelled');
    equal(outcome.outputs.has('instance'), false);
    const progress = await readJournal(path);
    equal(progress?.state, 'cancelled');
    deepEqual(new Map(progress.results), outcome.outputs);
    await undo();
    same(await shape(), empty);
  });
});

/** Fails with what is there and should not be, and with what should be there and is not. */
function same(actual: readonly string[], expected: readonly string[], message?: string): void {
  const difference = shapeDifference(actual, expected);
  deepEqual(difference, { extra: [], missing: [] }, message);
}

function inZone(spec: StackSpec, availabilityZone: string): StackSpec {
  return { ...spec, subnet: { ...spec.subnet, availabilityZone } };
}

/** A journal on a disk that is full after so many lines. */
function endingAfter(lines: number, journal: Journal): Journal {
  let left = lines - 1;
  return {
    append: (entry) => (left-- > 0 ? journal.append(entry) : Promise.reject(new Error('ENOSPC'))),
    close: () => journal.close(),
  };
}
