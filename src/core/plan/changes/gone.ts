import { isCoreError } from '../../base/errors.ts';
import type { Outputs } from '../plan.ts';

const NOTHING: Outputs = {};

/** Sends a delete; what is not there any more counts as deleted. */
export async function gone(call: Promise<unknown>, ...alsoDone: readonly string[]): Promise<Outputs> {
  try {
    await call;
  } catch (error) {
    if (!isNotFound(error) && !hasCode(error, alsoDone)) throw error;
  }
  return NOTHING;
}

/** Tells by a describe of one id whether the thing is gone: nothing found, or nothing that still `lives`. */
export async function ifGone<T>(
  describe: Promise<T>,
  lives: (answer: T) => boolean,
): Promise<Outputs | undefined> {
  try {
    return lives(await describe) ? undefined : NOTHING;
  } catch (error) {
    if (isNotFound(error)) return NOTHING;
    throw error;
  }
}

/** For a read's `catch`: what EC2 does not know is absent. */
export function absentIfNotFound(error: unknown): undefined {
  if (!isNotFound(error)) throw error;
}

/** Tells whether EC2 said that there is no such thing. */
export function isNotFound(error: unknown): boolean {
  return isCoreError(error, 'aws.refused') && error.data.awsCode.endsWith('NotFound');
}

function hasCode(error: unknown, codes: readonly string[]): boolean {
  return isCoreError(error, 'aws.refused') && codes.includes(error.data.awsCode);
}
