import type { Inventory, Tags } from '../model/network.ts';
import { PLAN_TAG } from './changes/tags.ts';

/** What one plan has made and is still there. */
export interface Stack {
  readonly planId: string;
  /** The name of its VPC, or of the first thing that has one. */
  readonly name: string;
  readonly vpcIds: readonly string[];
  /** How many things carry the plan's tag. */
  readonly things: number;
}

/** The plan that made a thing, by its tag. */
export function planOf({ tags }: { readonly tags: Tags }): string | undefined {
  return tags[PLAN_TAG];
}

/** Lists what this project's plans have made in a Region, plans with a VPC first. */
export function listStacks(inventory: Inventory): readonly Stack[] {
  const stacks = new Map<string, { names: string[]; vpcIds: string[]; things: number }>();
  const add = (thing: { readonly tags: Tags }, vpcId?: string): void => {
    const planId = planOf(thing);
    if (planId === undefined) return;
    const stack = stacks.get(planId) ?? { names: [], vpcIds: [], things: 0 };
    stack.names.push(thing.tags['Name'] ?? '');
    if (vpcId !== undefined) stack.vpcIds.push(vpcId);
    stacks.set(planId, { ...stack, things: stack.things + 1 });
  };
  for (const vpc of inventory.vpcs) add(vpc, vpc.id);
  const { subnets, internetGateways, securityGroups, enis, eips, keyPairs } = inventory;
  const living = inventory.instances.filter(({ state }) => state !== 'terminated');
  for (const kind of [living, enis, eips, subnets, internetGateways, securityGroups, keyPairs]) {
    for (const thing of kind) add(thing);
  }
  return [...stacks]
    .map(([planId, { names, ...stack }]) => ({ planId, name: names.find((n) => n !== '') ?? '', ...stack }))
    .sort((a, b) => b.vpcIds.length - a.vpcIds.length);
}
