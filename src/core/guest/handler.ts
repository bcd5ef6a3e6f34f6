import type { ChangeHandler, Step } from '../plan/handler.ts';
import type { OpenShell } from '../ssh/shell.ts';
import { invertConfigureGuest } from './configureGuest.ts';
import { applyGuestChange } from './transaction/apply.ts';
import type { TransactionOptions } from './transaction/apply.ts';
import { findTransaction } from './transaction/find.ts';

/** What applying a guest's change needs. */
export interface GuestHandlerOptions extends Pick<
  TransactionOptions,
  'openThrough' | 'onWindow' | 'revertSeconds'
> {
  /** Gives what makes connections to an instance; each call of that makes a new one. */
  readonly shellOf: (instanceId: string) => OpenShell;
}

/** Carries out `configureGuest`: as one transaction on the guest, named after the plan and the change. */
export function configureGuestHandler(options: GuestHandlerOptions): ChangeHandler<'configureGuest'> {
  const { shellOf, ...rest } = options;
  return {
    perform: async (input, step) => {
      await applyGuestChange(input, {
        ...rest,
        transaction: transactionOf(step),
        open: shellOf(input.instanceId),
        signal: step.signal,
      });
      return {};
    },
    find: async (input, step) => {
      const isDone = await findTransaction(transactionOf(step), shellOf(input.instanceId), step.signal);
      return isDone ? {} : undefined;
    },
    inverse: (input) => ({ kind: 'configureGuest', input: invertConfigureGuest(input) }),
  };
}

function transactionOf({ planId, changeId }: Step): string {
  return `${planId}-${changeId}`.replaceAll(/[^A-Za-z0-9-]/g, '-');
}
