import { isExpected } from '../core/base/errors.ts';
import { errorSentence } from './errorSentence.ts';

/** Words any caught value: an expected error by its sentence, anything else by what it says itself. */
export function errorText(error: unknown): string {
  if (isExpected(error)) return errorSentence(error);
  return error instanceof Error ? error.message : String(error);
}
