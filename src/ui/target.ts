/** Something of a Region; without the Region's name it is the one that the settings name first. */
export interface InRegion {
  readonly region?: string;
}

/** A VPC that a command is to work on. */
export interface VpcTarget extends InRegion {
  readonly kind: 'vpc';
  readonly vpcId: string;
}

/** An ENI that a command is to work on. */
export interface EniTarget extends InRegion {
  readonly kind: 'eni';
  readonly eniId: string;
}

/** A virtual machine. */
export interface InstanceTarget extends InRegion {
  readonly kind: 'instance';
  readonly instanceId: string;
}

/** One private address of an ENI, paired with an EIP or not. */
export interface AddressTarget extends InRegion {
  readonly kind: 'address';
  readonly eniId: string;
  readonly address: string;
}

/** An Elastic IP address. */
export interface EipTarget extends InRegion {
  readonly kind: 'eip';
  readonly allocationId: string;
}

/** A plan that was begun. */
export interface PlanTarget {
  readonly kind: 'plan';
  readonly planId: string;
}

/** A Region that the views show. */
export interface RegionTarget {
  readonly kind: 'region';
  readonly region: string;
}

/** Whatever a tree row stands for, by its ids alone: the facts are looked up when a command runs. */
export type Target =
  RegionTarget | VpcTarget | InstanceTarget | EniTarget | AddressTarget | EipTarget | PlanTarget;

const kinds = new Set<unknown>([
  'region',
  'vpc',
  'instance',
  'eni',
  'address',
  'eip',
  'plan',
] satisfies Target['kind'][]);

/** Reads a command's first argument: a target as it is, a tree node by its `target`, or nothing. */
export function targetOf(argument: unknown): Target | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  if ('target' in argument) return targetOf(argument.target);
  return 'kind' in argument && kinds.has(argument.kind) ? (argument as Target) : undefined;
}

/** The row that a command was called on with those that are selected beside it; empty from the palette. */
export function selectionOf<T extends Target>(target: T | undefined, all: readonly T[] = []): ReadonlySet<T> {
  return new Set(target === undefined ? all : [target, ...all]);
}
