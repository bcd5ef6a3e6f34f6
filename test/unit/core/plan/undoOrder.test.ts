import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import type { Ec2 } from '../../../../src/core/aws/ec2.ts';
import { awsHandlers } from '../../../../src/core/plan/changes/awsHandlers.ts';
import type { AnyChange, Outputs, Plan } from '../../../../src/core/plan/plan.ts';
import { runGraph } from '../../../../src/core/plan/schedule.ts';
import { undoPlan } from '../../../../src/core/plan/undo.ts';

/** Kinds with an exact inverse, a lossy one and none. */
const KINDS = [
  { kind: 'allocateEip', input: { name: 'n' }, undo: 'exact' },
  { kind: 'createVpc', input: { cidr: '10.0.0.0/16', name: 'n' }, undo: 'exact' },
  { kind: 'releaseEip', input: { allocationId: 'eipalloc-1', publicIp: '198.51.100.1' }, undo: 'lossy' },
  { kind: 'rebootInstance', input: { instanceId: 'i-1' }, undo: 'none' },
] as const;

const outputs: Outputs = { allocationId: 'e', vpcId: 'v', publicIp: '198.51.100.9' };

/** A plan of any shape, each change needing some of those before it, and which of them were done. */
const someRun = fc
  .array(
    fc.record({
      kind: fc.nat(KINDS.length - 1),
      needs: fc.array(fc.nat(100), { maxLength: 2 }),
      left: fc.nat(9),
    }),
    {
      maxLength: 12,
    },
  )
  .map((nodes) => {
    const changes: AnyChange[] = [];
    const results = new Map<string, Outputs>();
    nodes.forEach(({ kind, needs, left }, index) => {
      const before = index === 0 ? [] : [...new Set(needs.map((need) => `c${String(need % index)}`))];
      const id = `c${String(index)}`;
      changes.push({ id, needs: before, ...(KINDS[kind] ?? KINDS[0]) });
      // A change is done only after all that it needs.
      if (left > 0 && before.every((need) => results.has(need))) results.set(id, outputs);
    });
    const plan: Plan = {
      ...{ version: 1, id: 'p', recipe: 'mend', region: 'us-east-1', createdAt: '2026-01-01T00:00:00Z' },
      changes,
    };
    return { plan, results };
  });

/** Every change with all that it waits for, near and far. */
function waits({ changes }: Plan): ReadonlyMap<string, ReadonlySet<string>> {
  const all = new Map<string, Set<string>>();
  for (const { id, needs } of changes) {
    all.set(id, new Set(needs.flatMap((need) => [need, ...(all.get(need) ?? [])])));
  }
  return all;
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

describe('the undo of any plan, however far it came', () => {
  // An inverse asks EC2 nothing: it has none to ask.
  const handlers = awsHandlers({} as Ec2);
  const identity = { id: 'undo-p', createdAt: '2026-01-02T00:00:00Z' };

  it('is the same each time, and changes nothing that it is given', () => {
    fc.assert(
      fc.property(someRun, ({ plan, results }) => {
        const first = undoPlan(frozen(plan), results, handlers, identity);
        deepEqual(undoPlan(plan, results, handlers, identity), first);
        // What is read back from a journal gives the same, too.
        deepEqual(undoPlan(JSON.parse(JSON.stringify(plan)) as Plan, results, handlers, identity), first);
      }),
    );
  });

  it('takes back what was done and can be, and nothing else', () => {
    fc.assert(
      fc.property(someRun, ({ plan, results }) => {
        const wanted = plan.changes.filter(({ id, undo }) => results.has(id) && undo !== 'none');
        const undone = undoPlan(plan, results, handlers, identity).changes.map(({ id }) => id);
        deepEqual(undone.toSorted(), wanted.map(({ id }) => `undo-${id}`).sort());
      }),
    );
  });

  it('goes in the reverse order: nothing before all that was built on it', async () => {
    await fc.assert(
      fc.asyncProperty(someRun, async ({ plan, results }) => {
        const undo = undoPlan(plan, results, handlers, identity);
        const ids = new Set(undo.changes.map(({ id }) => id));
        const [there, back] = [waits(plan), waits(undo)];
        for (const [later, earlier] of there) {
          for (const id of earlier) {
            if (!ids.has(`undo-${later}`) || !ids.has(`undo-${id}`)) continue;
            ok(back.get(`undo-${id}`)?.has(`undo-${later}`), `undo-${id} before undo-${later}`);
          }
        }
        // It can be carried out to its end.
        let run = 0;
        const errors = await runGraph(undo.changes, {
          limit: 3,
          stopped: () => false,
          run: () => {
            run++;
            return Promise.resolve();
          },
        });
        deepEqual(errors, []);
        equal(run, undo.changes.length);
      }),
    );
  });
});
