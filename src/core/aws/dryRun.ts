import { CoreError } from '../base/errors.ts';
import { isReading } from './buckets.ts';
import type { CallOptions, Ec2 } from './ec2.ts';

/** These have no dry run: sent with the flag they would be carried out. */
const WITHOUT = new Set(['assignPrivateIpAddresses', 'unassignPrivateIpAddresses']);

type AnyMethod = (input: object, options?: CallOptions) => Promise<object>;

/**
 * The same Region, in which every call that changes something only asks EC2 whether it would be permitted.
 *
 * Such a call always throws: `aws.refused` with `DryRunOperation` where it is permitted, `aws.denied` where it is not.
 */
export function dryRunOf(ec2: Ec2): Ec2 {
  const methods = Object.entries(ec2).map(([name, method]: [string, unknown]) =>
    typeof method !== 'function' || isReading(name) || OWN.has(name)
      ? [name, method]
      : [name, dry(name, method as AnyMethod)],
  );
  return Object.fromEntries(methods) as Ec2;
}

/** What is no call of EC2's. */
const OWN = new Set(['callerIdentity', 'close']);

function dry(name: string, method: AnyMethod): AnyMethod {
  return async (input, options) => {
    if (WITHOUT.has(name)) throw unknown(name, 'DryRunUnsupported', 'This call has no dry run.');
    await method({ ...input, DryRun: true }, options);
    throw unknown(name, 'DryRunIgnored', 'The call was answered as if it had been carried out.');
  };
}

function unknown(action: string, awsCode: string, awsMessage: string): CoreError {
  return new CoreError('aws.refused', { action, awsCode, awsMessage });
}
