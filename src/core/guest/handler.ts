import type { ChangeHandler, Step } from '../plan/handler.ts';
import { invertConfigureGuest } from './configureGuest.ts';
import { applyGuestChange } from './transaction/apply.ts';
import type { TransactionOptions } from './transaction/apply.ts';
import { findTransaction } from './transaction/find.ts';

/** What applying a guest's change needs. */
export type GuestHandlerOptions = Pick<
  TransactionOptions,
  'open' | 'kept' | 'openThrough' | 'onWindow' | 'revertSeconds'
>;

/** Carries out `configureGuest`: as one transaction on the guest, named after the plan and the change. */
export function configureGuestHandler(options: GuestHandlerOptions): ChangeHandler<'configureGuest'> {
  return {
    provesItself: true,
    perform: async (input, step) => {
      await applyGuestChange(input, {
        ...options,
        transaction: transactionOf(step),
        signal: step.signal,
      });
      return {};
    },
    find: async (_input, step) => {
      const isDone = await findTransaction(transactionOf(step), options.open, step.signal);
      return isDone ? {} : undefined;
    },
    inverse: (input) => ({ kind: 'configureGuest', input: invertConfigureGuest(input) }),
  };
}

function transactionOf({ planId, changeId }: Step): string {
  return `${planId}-${changeId}`.replaceAll(/[^A-Za-z0-9-]/g, '-');
}
