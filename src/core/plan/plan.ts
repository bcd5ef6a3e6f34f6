import type { ChangeInputs } from './changes.ts';

/** The name of one kind of change, such as `createVpc`. */
export type ChangeKind = keyof ChangeInputs;

/** A value that only an earlier change of the same plan can give, such as the id of a VPC it makes. */
export interface Ref {
  readonly ref: string;
  /** Which of that change's outputs; each kind documents its own. */
  readonly output: string;
}

/** A string that is known when the plan is made, or that an earlier change gives. */
export type Value = string | Ref;

/** How well a change can be taken back: wholly, with a loss that the preview names, or not at all. */
export type Undo = 'exact' | 'lossy' | 'none';

/** One step: what it is, what it waits for, and all that it needs to be carried out. */
export interface Change<K extends ChangeKind = ChangeKind> {
  /** Unique in its plan, such as `vpc` or `eip-2`; also the value of the step tag on what it makes. */
  readonly id: string;
  readonly kind: K;
  /** Ids of the changes that must be done before this one. */
  readonly needs: readonly string[];
  readonly input: ChangeInputs[K];
  readonly undo: Undo;
}

/** Any change, with its input typed by its kind. */
export type AnyChange = { [K in ChangeKind]: Change<K> }[ChangeKind];

/** Which recipe made a plan. */
export type RecipeName =
  | 'createStack'
  | 'addPairs'
  | 'pair'
  | 'unpair'
  | 'removePairs'
  | 'moveEip'
  | 'releaseEips'
  | 'attachEni'
  | 'launch'
  | 'reverseDns'
  | 'mend'
  | 'restart'
  | 'teardown'
  | 'configureGuest';

/** What is left in place for the sake of others, and for whose. */
export interface Spared {
  /** The destinations of the routes that stay. */
  readonly routes: readonly string[];
  /** Ids of the ENIs that would have been cut off. */
  readonly enis: readonly string[];
}

/**
 * What is to be done, as plain JSON: applying reads nothing else.
 *
 * `changes` is in an order in which they could run one after another.
 */
export interface Plan {
  readonly version: 1;
  /** Unique; also the value of the plan tag on what it makes. */
  readonly id: string;
  readonly recipe: RecipeName;
  /** The plan that this one takes back, where it does. */
  readonly undoes?: string;
  readonly region: string;
  /** ISO 8601. */
  readonly createdAt: string;
  /** How many Elastic IPs the Region had when it was planned, where that matters. */
  readonly eipsBefore?: number;
  /** What an undo leaves undone for the sake of others, where it does. */
  readonly spared?: Spared;
  readonly changes: readonly AnyChange[];
}

/** What a change gave, such as `{ vpcId: 'vpc-1' }`. */
export type Outputs = Readonly<Record<string, string>>;

/** A step on the way through a plan, for progress and journal. */
export type PlanEvent =
  | { readonly type: 'started'; readonly change: AnyChange }
  | { readonly type: 'done'; readonly change: AnyChange; readonly outputs: Outputs }
  | { readonly type: 'failed'; readonly change: AnyChange; readonly error: unknown };
