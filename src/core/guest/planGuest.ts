import type { Plan } from '../plan/plan.ts';
import { newPlanIdentity, planBuilder } from '../plan/planBuilder.ts';
import { isEmptyProposal } from './proposal.ts';
import type { GuestProposal } from './proposal.ts';

/** For which guest a plan is made. */
export interface GuestPlanRequest {
  readonly instanceId: string;
  readonly region: string;
  readonly proposal: GuestProposal;
}

/** A plan of one `configureGuest` change, or of none where there is nothing to do. */
export function planGuest(
  { instanceId, region, proposal }: GuestPlanRequest,
  identity = newPlanIdentity(),
): Plan {
  const builder = planBuilder();
  if (!isEmptyProposal(proposal)) {
    builder.add('guest', 'configureGuest', { instanceId, ...proposal });
  }
  return builder.build('configureGuest', region, identity);
}
