import { setTimeout as sleep } from 'node:timers/promises';
import type { Emulator } from '../emulator/emulator.ts';
import { readState } from './readState.ts';
import type { CloudState } from './state.ts';

/** The Region that the lab's guests are in. */
export const region = 'us-east-1';

/** How often in a row the emulator may fail to answer before it is taken for dead; 200 ms apart. */
const patience = 10;

/** Hands every version of the control plane's state to `onState`; rejects once the emulator is gone. */
export async function followState(emulator: Emulator, onState: (state: CloudState) => void): Promise<never> {
  let after = -1;
  for (let failures = 0; ;) {
    try {
      const state = readState(await emulator.state(after, region));
      if (state.version !== after) onState(state);
      after = state.version;
      failures = 0;
    } catch (cause) {
      if (++failures > patience) throw new Error('The emulator does not answer any more', { cause });
      await sleep(200);
    }
  }
}
