import type { Plan } from '../plan/plan.ts';
import { newPlanIdentity, planBuilder } from '../plan/planBuilder.ts';
import type { ConfigureGuest } from './configureGuest.ts';
import { isEmptyProposal } from './proposal.ts';
import type { GuestProposal } from './proposal.ts';

/** For which guest a plan is made. */
export interface GuestPlanRequest {
  readonly instanceId: string;
  readonly region: string;
  readonly proposal: GuestProposal;
  /** The Elastic IPs of the addresses, through which what is new is to be proven. */
  readonly through?: readonly { readonly address: string; readonly publicIp: string }[];
}

/** A plan of one `configureGuest` change, or of none where there is nothing to do. */
export function planGuest(
  { instanceId, region, proposal, through = [] }: GuestPlanRequest,
  identity = newPlanIdentity(),
): Plan {
  const builder = planBuilder();
  if (!isEmptyProposal(proposal)) {
    const isNew = new Set(proposal.bringUp.map(({ address }) => address));
    builder.add('guest', 'configureGuest', {
      ...{ instanceId, ...proposal },
      through: through.filter(({ address }) => isNew.has(address)),
    });
  }
  return builder.build('configureGuest', region, identity);
}

/** A plan that takes a guest's last change back. */
export function planGuestRevert(
  { region, change }: { readonly region: string; readonly change: ConfigureGuest },
  identity = newPlanIdentity(),
): Plan {
  const builder = planBuilder();
  builder.add('guest', 'configureGuest', change);
  return builder.build('configureGuest', region, identity);
}
