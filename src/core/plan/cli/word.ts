import { shellQuote } from '../../base/quoting.ts';
import type { Value } from '../plan.ts';

/** The shell variable that holds an output of a change. */
export function variable(changeId: string, output: string): string {
  return `${changeId}_${output}`.replaceAll(/[^A-Za-z0-9_]/g, '_');
}

/** A value as one word of a shell: quoted, or the variable of the change that gives it. */
export function word(value: Value): string {
  return typeof value === 'string' ? shellQuote(value) : `"$${variable(value.ref, value.output)}"`;
}
