import { isExpected } from '../base/errors.ts';
import type { GuestFacts } from './facts.ts';
import type { Proposer } from './proposer.ts';

/** Whether the files bring an ENI's addresses at the next boot; `undefined` where nobody can tell. */
export function isOnDisk(facts: GuestFacts, proposer: Proposer): boolean | undefined {
  try {
    // The proposal also mends /etc/hosts, which is not asked here.
    return proposer.patch({ ...facts, hostnameResolves: true }, []).files.length === 0;
  } catch (error) {
    if (isExpected(error)) return undefined;
    throw error;
  }
}
