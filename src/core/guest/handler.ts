import type { OpenShell } from '../ssh/shell.ts';
import { invertConfigureGuest } from './configureGuest.ts';
import type { ConfigureGuest } from './configureGuest.ts';
import { applyGuestChange } from './transaction/apply.ts';
import { findTransaction } from './transaction/find.ts';

/** What applying a guest's change needs. */
export interface GuestHandlerOptions {
  /** Gives what makes connections to an instance; each call of that makes a new one. */
  readonly shellOf: (instanceId: string) => OpenShell;
  /** After how long a guest puts itself back unless the change is confirmed; 60. */
  readonly revertSeconds?: number;
}

/** Which change of which plan is being carried out. */
interface Step {
  readonly planId: string;
  readonly changeId: string;
  readonly signal?: AbortSignal | undefined;
}

/** Carries out `configureGuest`; has the shape that `src/core/plan` asks of a handler. */
export function configureGuestHandler({ shellOf, revertSeconds }: GuestHandlerOptions) {
  return {
    perform: async (input: ConfigureGuest, step: Step) => {
      await applyGuestChange(input, {
        transaction: transactionOf(step),
        open: shellOf(input.instanceId),
        signal: step.signal,
        ...(revertSeconds === undefined ? {} : { revertSeconds }),
      });
      return {};
    },
    find: async (input: ConfigureGuest, step: Step) => {
      const isDone = await findTransaction(transactionOf(step), shellOf(input.instanceId), step.signal);
      return isDone ? {} : undefined;
    },
    inverse: (input: ConfigureGuest) => ({
      kind: 'configureGuest' as const,
      input: invertConfigureGuest(input),
    }),
  };
}

function transactionOf({ planId, changeId }: Step): string {
  return `${planId}-${changeId}`.replaceAll(/[^A-Za-z0-9-]/g, '-');
}
