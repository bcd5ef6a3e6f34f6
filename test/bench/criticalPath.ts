import type { Plan, PlanEvent } from '../../src/core/plan/plan.ts';

/** Notes how long each change of a plan took, by change id, in milliseconds. */
export function changeTimer(): {
  readonly onEvent: (event: PlanEvent) => void;
  readonly milliseconds: ReadonlyMap<string, number>;
} {
  const began = new Map<string, number>();
  const milliseconds = new Map<string, number>();
  const onEvent = ({ type, change }: PlanEvent): void => {
    if (type === 'started') began.set(change.id, performance.now());
    else milliseconds.set(change.id, performance.now() - (began.get(change.id) ?? 0));
  };
  return { onEvent, milliseconds };
}

/** The longest chain of changes of which each needs the one before: no way to apply the plan is faster. */
export function criticalPath(plan: Plan, milliseconds: ReadonlyMap<string, number>): number {
  const ends = new Map<string, number>();
  for (const { id, needs } of plan.changes) {
    const start = Math.max(0, ...needs.map((need) => ends.get(need) ?? 0));
    ends.set(id, start + (milliseconds.get(id) ?? 0));
  }
  return Math.max(...ends.values());
}
