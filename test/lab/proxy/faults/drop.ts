import type { Fault, Outcome, Select } from '../call.ts';

/** Whether the call has had its effect when the connection is lost. */
export type When = 'before' | 'after';

function dropping(outcome: Outcome): (select: Select, when: When) => Fault {
  return (select, when) => async (call, forward) => {
    if (!select(call)) return forward();
    if (when === 'after') await forward();
    return outcome;
  };
}

/** Resets the client's connection instead of answering. */
export const resetConnection = dropping({ kind: 'reset' });

/** Never answers: the client waits until its own timeout. */
export const fallSilent = dropping({ kind: 'silence' });
