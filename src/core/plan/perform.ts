import { isCoreError } from '../base/errors.ts';
import type { ChangeHandler, KnownInput, Step } from './handler.ts';
import { lookUp } from './lookUp.ts';
import {
  FEWEST_LOOKS,
  type Patience,
  isNotVisible,
  isUncertain,
  lagOf,
  pause,
  pausesOf,
} from './patience.ts';
import type { ChangeKind, Outputs } from './plan.ts';

/** How often a change whose answer was lost, and that has certainly not come about, is sent again. */
const REPEATS = 2;

/** How a change is performed. */
export interface Performance {
  readonly patience: Patience;
  /** The change needs what was made moments ago. */
  readonly freshNeeds: boolean;
  /** Told when an answer was lost: from then on no refusal proves that nothing was done. */
  readonly onLost?: () => void;
}

/**
 * Performs a change, again where that is safe and sensible.
 *
 * Safe is what EC2 has refused: it was throttled, or is too early. Where the answer was lost, the change is looked
 * for until it would show, and is sent again only when it has not come about.
 */
export async function performPatiently<K extends ChangeKind>(
  handler: ChangeHandler<K>,
  input: KnownInput<K>,
  step: Step,
  { patience, freshNeeds, onLost }: Performance,
): Promise<Outputs> {
  const deadline = performance.now() + patience.totalMilliseconds;
  const pauses = pausesOf(patience);
  let lost = 0;
  for (;;) {
    const began = Date.now();
    try {
      return await handler.perform(input, step);
    } catch (error) {
      if (isUncertain(error)) {
        onLost?.();
        // Where nothing can be seen, the answer stays lost.
        const found = await lookUp(handler, input, step, patience, began).catch(() => {
          throw error;
        });
        if (found !== undefined) return found;
        if (++lost > REPEATS) throw error;
      } else if (!isTooEarly(error, handler.notYet ?? [], freshNeeds) || performance.now() > deadline) {
        throw error;
      }
    }
    await pause(pauses, step);
  }
}

/** Looks at what must be so, again for as long as EC2 may show what was before; the last failure is thrown. */
export async function checkPatiently(
  check: () => Promise<void>,
  step: Step,
  { patience, freshNeeds }: Performance,
): Promise<void> {
  const deadline = performance.now() + lagOf(patience);
  const pauses = pausesOf(patience);
  for (let looks = 1; ; looks++) {
    try {
      await check();
      return;
    } catch (error) {
      if (!(freshNeeds && mayChange(error)) || (looks >= FEWEST_LOOKS && performance.now() > deadline))
        throw error;
    }
    await pause(pauses, step);
  }
}

function isTooEarly(error: unknown, notYet: readonly string[], freshNeeds: boolean): boolean {
  if (isCoreError(error, 'aws.throttled')) return true;
  if (!isCoreError(error, 'aws.refused')) return false;
  return notYet.includes(error.data.awsCode) || (freshNeeds && isNotVisible(error));
}

/** Tells whether a later look may come out otherwise. */
function mayChange(error: unknown): boolean {
  if (isCoreError(error, 'plan.changedMeanwhile') || isCoreError(error, 'plan.notAsPlanned')) return true;
  return isNotVisible(error) || isUncertain(error) || isCoreError(error, 'aws.throttled');
}
