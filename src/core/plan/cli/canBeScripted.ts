import type { Plan } from '../plan.ts';

/** Whether the AWS CLI can carry out all of a plan; what is done on a guest it cannot. */
export function canBeScripted({ changes }: Plan): boolean {
  return changes.length > 0 && changes.every(({ kind }) => kind !== 'configureGuest');
}
