import { setTimeout as sleep } from 'node:timers/promises';
import type { Emulator } from '../emulator/emulator.ts';
import { readState } from './readState.ts';
import type { CloudState } from './state.ts';

/** The Region that the lab's guests are in. */
export const region = 'us-east-1';

/** Hands every version of the control plane's state to `onState`, until the signal. */
export async function followState(
  emulator: Emulator,
  onState: (state: CloudState) => void,
  signal: AbortSignal,
): Promise<void> {
  let after = -1;
  while (!signal.aborted) {
    try {
      const state = readState(await emulator.state(after, region));
      if (state.version !== after) onState(state);
      after = state.version;
    } catch {
      // Only an emulator that is ending does not answer; then the signal follows.
      await sleep(200, undefined, { signal }).catch(() => undefined);
    }
  }
}
