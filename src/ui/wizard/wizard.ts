import { Back } from './back.ts';
import type { Place } from './back.ts';

/** One question: it is given all answers so far and gives them back with its own. */
export type Step<Answers> = (answers: Answers, place: Place) => Promise<Answers>;

/**
 * Asks one question after another; Back goes to the one before, with the answers kept.
 *
 * Throws `Cancelled` where a person leaves.
 */
export async function runWizard<Answers>(
  title: string,
  steps: readonly Step<Answers>[],
  defaults: Answers,
): Promise<Answers> {
  let answers = defaults;
  let index = 0;
  while (index < steps.length) {
    const step = steps[index];
    if (step === undefined) break;
    try {
      answers = await step(answers, { title, step: index + 1, totalSteps: steps.length });
      index += 1;
    } catch (error) {
      if (!(error instanceof Back)) throw error;
      index = Math.max(0, index - 1);
    }
  }
  return answers;
}
