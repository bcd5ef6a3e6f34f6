import { errorAnswer } from '../call.ts';
import type { Fault, Select } from '../call.ts';

/** Refuses before the call has any effect, with EC2's error code and HTTP status. */
export function refuse(select: Select, code: string, message: string, status = 400): Fault {
  return async (call, forward) => (select(call) ? errorAnswer(status, code, message) : forward());
}
