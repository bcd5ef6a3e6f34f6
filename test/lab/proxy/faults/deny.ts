import { errorAnswer } from '../call.ts';
import type { Fault } from '../call.ts';

/**
 * Denies actions as IAM does where no policy allows them; a DryRun is denied too.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html (UnauthorizedOperation)
 */
export function deny(...actions: readonly string[]): Fault {
  return async ({ action }, forward) =>
    actions.includes(action)
      ? errorAnswer(
          403,
          'UnauthorizedOperation',
          'You are not authorized to perform this operation. User: arn:aws:iam::123456789012:user/lab is not ' +
            `authorized to perform: ec2:${action} on resource: * because no identity-based policy allows the ` +
            `ec2:${action} action`,
        )
      : forward();
}
