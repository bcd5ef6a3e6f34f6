import type { GuestShell } from '../../ssh/shell.ts';
import { stopTimer } from './functions.ts';
import { stateVariables } from './paths.ts';

/** How a transaction stands on the guest. */
export type TransactionState = 'confirmed' | 'reverted' | 'unknown';

/** How long the guest may take to put itself back before its timer is left to do it, in milliseconds. */
const patience = 15_000;

/** Has the guest put itself back at once; says how it stands then. A connection that is gone cannot. */
export async function takeBack(shell: GuestShell, transaction: string): Promise<TransactionState> {
  try {
    return await shell.run(
      {
        name: 'take the network change back',
        script: [
          ...stateVariables(transaction),
          'sh "$S/revert.sh"',
          stopTimer,
          'stop_timer',
          'for state in confirmed reverted; do [ ! -e "$S/$state" ] || echo $state; done',
        ].join('\n'),
        asRoot: true,
        parse: ({ stdout }) => {
          const state = stdout.toString('utf8').trim();
          return state === 'confirmed' || state === 'reverted' ? state : 'unknown';
        },
      },
      { signal: AbortSignal.timeout(patience) },
    );
  } catch {
    // The timer does it; the caller says so.
    return 'unknown';
  }
}
