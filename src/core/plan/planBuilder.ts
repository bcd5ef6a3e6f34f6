import { randomUUID } from 'node:crypto';
import type { Inventory } from '../model/network.ts';
import type { ChangeInputs } from './changes.ts';
import { refsIn } from './handler.ts';
import type { AnyChange, ChangeKind, Plan, RecipeName, Ref } from './plan.ts';
import { UNDO_OF } from './undoability.ts';

/** What tells one plan from another. */
export interface PlanIdentity {
  /** Unique; it becomes a tag's value. */
  readonly id: string;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** An identity that nobody has yet. */
export function newPlanIdentity(): PlanIdentity {
  return { id: randomUUID(), createdAt: new Date().toISOString() };
}

/** A plan in the making. */
export interface PlanBuilder {
  /** Adds a change; it needs those whose outputs it uses, and those of `after`. Gives its id. */
  add<K extends ChangeKind>(id: string, kind: K, input: ChangeInputs[K], after?: readonly string[]): string;
  /** Where the Region's inventory is given, the plan knows what it costs before. */
  build(recipe: RecipeName, region: string | Inventory, identity: PlanIdentity): Plan;
}

/** Begins a plan. */
export function planBuilder(): PlanBuilder {
  const changes: AnyChange[] = [];
  return {
    add: (id, kind, input, after = []) => {
      const needs = [...new Set([...refsIn(input), ...after])];
      // Kind and input belong together by the signature; the union keeps that apart from TypeScript.
      changes.push({ id, kind, needs, input, undo: UNDO_OF[kind] } as AnyChange);
      return id;
    },
    build: (recipe, at, { id, createdAt }) => ({
      version: 1,
      id,
      recipe,
      region: typeof at === 'string' ? at : at.region,
      createdAt,
      ...(typeof at !== 'string' && { eipsBefore: at.eips.length }),
      changes,
    }),
  };
}

/** The output of an earlier change. */
export function output(ref: string, name: string): Ref {
  return { ref, output: name };
}
