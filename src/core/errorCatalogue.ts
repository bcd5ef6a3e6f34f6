import type { AwsErrors } from './aws/errors.ts';
import type { GuestErrors } from './guest/errors.ts';
import type { AddressErrors } from './model/errors.ts';
import type { PlanErrors } from './plan/errors.ts';
import type { ProbeErrors } from './probe/errors.ts';
import type { SshErrors } from './ssh/errors.ts';

/**
 * Every expected failure of the core with the facts it carries; each room lists its own.
 *
 * `src/words` must have a sentence for each key, which the compiler checks.
 */
export interface ErrorData
  extends AddressErrors, AwsErrors, GuestErrors, PlanErrors, ProbeErrors, SshErrors {}
