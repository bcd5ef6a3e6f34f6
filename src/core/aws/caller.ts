import { CoreError } from '../base/errors.ts';
import type { CallerIdentity, CallOptions, Ec2 } from './ec2.ts';

/**
 * Asks STS whose credentials these are right before something is written.
 *
 * @throws {CoreError} `aws.otherAccount` where it is not the account that a person was shown.
 */
export async function requireCaller(
  ec2: Ec2,
  shown: string,
  options: CallOptions = {},
): Promise<CallerIdentity> {
  const caller = await ec2.callerIdentity(options);
  if (caller.account !== shown) throw new CoreError('aws.otherAccount', { shown, actual: caller.account });
  return caller;
}
