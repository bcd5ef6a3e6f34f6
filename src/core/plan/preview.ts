import { endsOf } from './eta.ts';
import type { AnyChange, ChangeKind, Plan, Undo } from './plan.ts';

/** What a change does to the account, for the sign in front of it: `+`, `~` or `-`. */
export type Effect = 'create' | 'change' | 'destroy';

/** One change as it is shown before it is made. */
export interface PreviewLine {
  readonly change: AnyChange;
  readonly effect: Effect;
  readonly undo: Undo;
  /** Changes of the same stage run side by side; counts from 0. */
  readonly stage: number;
  /** What the address that it takes or gives back costs in a month, in US dollars; negative where money is saved. */
  readonly monthlyDollars: number;
  /** When it is done, in seconds from the beginning. An estimate. */
  readonly doneAfter: number;
}

/** A plan as it is shown before it is applied. */
export interface PlanPreview {
  /** In the plan's own order. */
  readonly lines: readonly PreviewLine[];
  readonly counts: Readonly<Record<Effect, number>>;
  /** How many public addresses more, or less, cost money afterwards. */
  readonly eips: number;
  /** What those cost in a month, in US dollars; negative where money is saved. Instances are not in it. */
  readonly monthlyDollars: number;
  /** What all Elastic IPs of the Region cost in a month before, where the plan knows. */
  readonly monthlyBefore?: number;
  /** How long it takes, in seconds: what EC2's token buckets and its own work make it. An estimate. */
  readonly seconds: number;
}

/** Every public IPv4 address costs this, in use or idle (Amazon VPC pricing). */
export const DOLLARS_PER_EIP_HOUR = 0.005;
const HOURS_PER_MONTH = 730;

/** What one public address costs in a month, in US dollars. */
export const DOLLARS_PER_EIP_MONTH = DOLLARS_PER_EIP_HOUR * HOURS_PER_MONTH;

const CHANGING = new Set<ChangeKind>([
  'attachInternetGateway',
  'detachInternetGateway',
  'openPorts',
  'allowInAcl',
  'deleteAclEntry',
  'startInstance',
  'stopInstance',
  'rebootInstance',
  'closePorts',
  'assignAddresses',
  'associateEip',
  'disassociateEip',
  'configureGuest',
  'moveEip',
  'attachEni',
  'detachEni',
  'setReverseDns',
  'clearReverseDns',
]);
const DESTROYING = new Set<ChangeKind>(['releaseEip', 'terminateInstance', 'unassignAddresses']);

/** Says of a plan all that a person wants to know before it is applied. Pure. */
export function previewPlan(plan: Plan): PlanPreview {
  const stages = new Map<string, number>();
  const ends = endsOf(plan.changes);
  const lines = plan.changes.map((change): PreviewLine => {
    const stage = 1 + Math.max(-1, ...change.needs.map((need) => stages.get(need) ?? -1));
    stages.set(change.id, stage);
    const monthlyDollars = moreEips([change]) * DOLLARS_PER_EIP_MONTH;
    const doneAfter = ends.get(change.id) ?? 0;
    return { change, effect: effectOf(change.kind), undo: change.undo, stage, monthlyDollars, doneAfter };
  });
  const count = (effect: Effect): number => lines.filter((line) => line.effect === effect).length;
  const eips = moreEips(plan.changes);
  return {
    lines,
    counts: { create: count('create'), change: count('change'), destroy: count('destroy') },
    eips,
    monthlyDollars: eips * DOLLARS_PER_EIP_MONTH,
    ...(plan.eipsBefore !== undefined && { monthlyBefore: plan.eipsBefore * DOLLARS_PER_EIP_MONTH }),
    seconds: Math.max(0, ...ends.values()),
  };
}

/** How many more Elastic IPs there are after some changes. */
export function moreEips(changes: readonly AnyChange[]): number {
  const ofKind = (kind: ChangeKind): number => changes.filter((change) => change.kind === kind).length;
  return ofKind('allocateEip') - ofKind('releaseEip');
}

/** Whether a kind of change makes, alters or removes something. */
export function effectOf(kind: ChangeKind): Effect {
  if (CHANGING.has(kind)) return 'change';
  return DESTROYING.has(kind) || kind.startsWith('delete') ? 'destroy' : 'create';
}
