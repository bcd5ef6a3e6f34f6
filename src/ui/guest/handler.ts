import { invertConfigureGuest } from '../../core/guest/configureGuest.ts';
import { applyGuestChange } from '../../core/guest/transaction/apply.ts';
import type { TransactionOptions } from '../../core/guest/transaction/apply.ts';
import type { ChangeHandler } from '../../core/plan/handler.ts';
import type { GuestConnections } from './access.ts';

/** Carries `configureGuest` out over connections to one guest. */
export function guestHandler(
  { open, openThrough }: GuestConnections,
  onWindow?: TransactionOptions['onWindow'],
): ChangeHandler<'configureGuest'> {
  return {
    perform: async (input, { planId, signal }) => {
      await applyGuestChange(input, { transaction: planId, open, openThrough, onWindow, signal });
      return {};
    },
    // The transaction finds out by itself what of it is done already.
    find: () => Promise.resolve(undefined),
    inverse: (input) => ({ kind: 'configureGuest', input: invertConfigureGuest(input) }),
  };
}
