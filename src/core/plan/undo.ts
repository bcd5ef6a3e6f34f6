import { type ChangeHandler, type Handlers, refsIn, resolveInput } from './handler.ts';
import type { AnyChange, Change, ChangeKind, Outputs, Plan, Ref } from './plan.ts';
import { moreEips } from './preview.ts';
import { UNDO_OF } from './undoability.ts';

/**
 * The plan that takes back what was done of a plan: the inverse of each change that has a result, in reverse.
 *
 * Pure. The inverse of a change waits for the inverses of all that needed it.
 */
export function undoPlan(
  plan: Plan,
  results: ReadonlyMap<string, Outputs>,
  handlers: Handlers,
  { id, createdAt }: { readonly id: string; readonly createdAt: string },
): Plan {
  const done = plan.changes.filter((change) => results.has(change.id));
  const changes = done.toReversed().flatMap((change) => inverseOf(change, done, results, handlers));
  return {
    ...plan,
    id,
    createdAt,
    undoes: plan.id,
    ...(plan.eipsBefore !== undefined && { eipsBefore: plan.eipsBefore + moreEips(done) }),
    changes: withNewIds(withoutMissingNeeds(changes), done),
  };
}

function inverseOf(
  change: AnyChange,
  done: readonly AnyChange[],
  results: ReadonlyMap<string, Outputs>,
  handlers: Handlers,
): readonly AnyChange[] {
  const bare = invert(change, results, handlers);
  if (bare === undefined) return [];
  const needs = dependants(change.id, done).map(undoId);
  return [{ ...bare, id: undoId(change.id), needs, undo: UNDO_OF[bare.kind] }];
}

function invert<K extends ChangeKind>(
  change: Change<K>,
  results: ReadonlyMap<string, Outputs>,
  handlers: Handlers,
): ReturnType<ChangeHandler<K>['inverse']> {
  const input = resolveInput<Change<K>['input']>(change.input, results);
  return handlers[change.kind]?.inverse(input, results.get(change.id) ?? {});
}

/** All that needs a change, near and far: what is between may have no inverse of its own. */
function dependants(id: string, changes: readonly AnyChange[]): readonly string[] {
  const found = new Set([id]);
  for (const change of changes) if (change.needs.some((need) => found.has(need))) found.add(change.id);
  found.delete(id);
  return [...found];
}

function withoutMissingNeeds(changes: readonly AnyChange[]): readonly AnyChange[] {
  const ids = new Set(changes.map(({ id }) => id));
  return changes.map((change) => ({ ...change, needs: change.needs.filter((need) => ids.has(need)) }));
}

/** An EIP that is allocated again has a new id: what is put back on it must name that one. */
function withNewIds(changes: readonly AnyChange[], done: readonly AnyChange[]): readonly AnyChange[] {
  const back = new Set(changes.map(({ id }) => id));
  const renewed = new Map<string, Ref>();
  for (const { id, kind, input } of done) {
    if (kind === 'releaseEip' && back.has(undoId(id))) {
      renewed.set(input.allocationId, { ref: undoId(id), output: 'allocationId' });
    }
  }
  if (renewed.size === 0) return changes;
  return changes.map((change) => {
    const input: unknown = Object.fromEntries(
      Object.entries(change.input).map(([key, value]: [string, unknown]) => [
        key,
        typeof value === 'string' ? (renewed.get(value) ?? value) : value,
      ]),
    );
    const needs = [...new Set([...change.needs, ...refsIn(input)])];
    // Only values that may be a `Ref` are ids of EIPs, which the union cannot tell the compiler.
    return { ...change, input, needs } as AnyChange;
  });
}

function undoId(id: string): string {
  return `undo-${id}`;
}
