import type { ChangeInputs } from './changes.ts';
import type { ChangeKind, Outputs, Ref, Value } from './plan.ts';

/** An input whose values are all known: every `Ref` has become the string that it stood for. */
export type Resolved<T> = T extends Ref
  ? string
  : T extends string | number | boolean | null | undefined
    ? T
    : { readonly [P in keyof T]: Resolved<T[P]> };

/** What a kind of change is carried out with. */
export type KnownInput<K extends ChangeKind> = Resolved<ChangeInputs[K]>;

/** Which change of which plan is being carried out. */
export interface Step {
  readonly planId: string;
  readonly changeId: string;
  /** When an earlier run sent it, in milliseconds since 1970, where that is known. */
  readonly sentAt?: number | undefined;
  /** Ends waiting; a mutating call that has been sent is never cut off, since its answer would be lost. */
  readonly signal?: AbortSignal | undefined;
}

/** A change without its place in a plan. */
export type BareChange = {
  [K in ChangeKind]: { readonly kind: K; readonly input: ChangeInputs[K] };
}[ChangeKind];

/** All that one kind of change can do. */
export interface ChangeHandler<K extends ChangeKind> {
  /** Carries the change out, with one mutating call. */
  perform(input: KnownInput<K>, step: Step): Promise<Outputs>;
  /** Looks whether it has been carried out already, by tag or by what is there; its outputs if so. */
  find(input: KnownInput<K>, step: Step): Promise<Outputs | undefined>;
  /** Whether `find` goes by the tags of this very change, so that it can mistake nobody else's thing for it. */
  readonly findsByTag?: boolean;
  /** Whether `perform` does no harm where it has had its effect already: EC2 does nothing twice then. */
  readonly repeatable?: boolean;
  /** Whether `perform` has looked itself at what came of it. */
  readonly provesItself?: boolean;
  /** Looks whether all is still as the plan was made for; throws `plan.changedMeanwhile` where it is not. */
  before?(input: KnownInput<K>, step: Step): Promise<void>;
  /** Waits until it has come into effect, where EC2 only begins it. */
  settle?(input: KnownInput<K>, step: Step): Promise<void>;
  /** What takes it back, or `undefined` where nothing can. Pure. */
  inverse(input: KnownInput<K>, outputs: Outputs): BareChange | undefined;
  /** Codes with which EC2 refuses for a short while what it will take a little later. */
  readonly notYet?: readonly string[];
}

/** The handlers that applying a plan may use, by kind. */
export type Handlers = { readonly [K in ChangeKind]?: ChangeHandler<K> };

/** Replaces every `Ref` in an input by the output that it names. */
export function resolveInput<T>(input: T, outputs: ReadonlyMap<string, Outputs>): Resolved<T> {
  return resolveValue(input, outputs) as Resolved<T>;
}

/** The ids of the changes whose outputs an input needs. */
export function refsIn(input: unknown): readonly string[] {
  if (isRef(input)) return [input.ref];
  return typeof input === 'object' && input !== null ? Object.values(input).flatMap(refsIn) : [];
}

function resolveValue(value: unknown, outputs: ReadonlyMap<string, Outputs>): unknown {
  if (isRef(value)) return outputOf(value, outputs);
  if (Array.isArray(value)) return value.map((item: unknown) => resolveValue(item, outputs));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolveValue(item, outputs)]));
}

function outputOf({ ref, output }: Ref, outputs: ReadonlyMap<string, Outputs>): string {
  const value = outputs.get(ref)?.[output];
  if (value === undefined) throw new RangeError(`no output ${output} of change ${ref} yet`);
  return value;
}

function isRef(value: unknown): value is Exclude<Value, string> {
  return typeof value === 'object' && value !== null && 'ref' in value && 'output' in value;
}
