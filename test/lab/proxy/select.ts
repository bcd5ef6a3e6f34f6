import type { Call, Select } from './call.ts';

const reading = /^(Describe|Get|List|Search)/;

/** Tells whether a call would change something. One with DryRun does not. */
export function isMutating(call: Call): boolean {
  return !reading.test(call.action) && call.params.get('DryRun') !== 'true';
}

/** Concerns every call of these actions. */
export function onAction(...actions: readonly string[]): Select {
  return (call) => actions.includes(call.action);
}

/** Concerns the call number `n`, from 1, of those that `select` concerns. */
export function nth(n: number, select: Select): Select {
  let seen = 0;
  return (call) => select(call) && ++seen === n;
}
