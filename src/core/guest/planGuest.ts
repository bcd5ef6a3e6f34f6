import { randomUUID } from 'node:crypto';
import type { Plan } from '../plan/plan.ts';
import type { GuestProposal } from './proposal.ts';

/** A plan of one `configureGuest` change, or of none where there is nothing to do. */
export function planGuest(request: {
  readonly instanceId: string;
  readonly region: string;
  readonly proposal: GuestProposal;
}): Plan {
  const { instanceId, region, proposal } = request;
  const { manager, bringUp, files } = proposal;
  const nothing = bringUp.length === 0 && files.length === 0;
  return {
    version: 1,
    id: randomUUID(),
    recipe: 'configureGuest',
    region,
    createdAt: new Date().toISOString(),
    changes: nothing
      ? []
      : [
          {
            id: 'guest',
            kind: 'configureGuest',
            needs: [],
            undo: 'exact',
            input: {
              instanceId,
              manager,
              interface: proposal.interface,
              bringUp,
              takeDown: [],
              files,
            },
          },
        ],
  };
}
