import { deepEqual } from 'node:assert/strict';
import { type ErrorCode, CoreError } from '../../../src/core/base/errors.ts';
import type { ErrorData } from '../../../src/core/errorCatalogue.ts';

/** A check for `throws` and `rejects`: exactly this expected failure, with exactly these facts. */
export function coreFailure<C extends ErrorCode>(code: C, data: ErrorData[C]): (error: unknown) => boolean {
  return (error) => {
    if (!(error instanceof CoreError)) throw error;
    deepEqual([error.code, error.data], [code, data] satisfies [string, object]);
    return true;
  };
}
