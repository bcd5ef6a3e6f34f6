import { isExpected } from '../../core/base/errors.ts';
import { errorSentence } from '../../words/errorSentence.ts';

/** Runs one of the core's checks and gives the sentence of what is wrong, or nothing; for as-you-type checks. */
export function problemOf(check: () => void): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (isExpected(error)) return errorSentence(error);
    throw error;
  }
}
