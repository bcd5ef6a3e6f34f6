import type { ErrorData } from '../errorCatalogue.ts';

/** The name of one expected failure, such as `address.outsideSubnet`. */
export type ErrorCode = keyof ErrorData;

/**
 * An expected failure: a code and the facts about it, without a sentence for a person.
 *
 * `src/words` turns it into one in the user's language. `message` is English, for logs alone.
 */
export class CoreError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'CoreError';
  readonly code: C;
  readonly data: ErrorData[C];

  constructor(code: C, data: ErrorData[C], options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(data)}`, options);
    this.code = code;
    this.data = data;
  }
}

/**
 * Tells whether a caught value is an expected failure.
 *
 * By its name, because each bundle has a copy of the class: `instanceof` would miss those of a door.
 */
export function isExpected(error: unknown): error is CoreError {
  return error instanceof Error && error.name === 'CoreError';
}

/** Tells whether a caught value is the expected failure `code`. */
export function isCoreError<C extends ErrorCode>(error: unknown, code: C): error is CoreError<C> {
  return isExpected(error) && error.code === code;
}
