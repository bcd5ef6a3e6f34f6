import { equal, ok } from 'node:assert/strict';
import { failureOf } from '../../../../src/core/aws/failures.ts';
import { type ErrorCode, CoreError } from '../../../../src/core/base/errors.ts';
import type { ErrorData } from '../../../../src/core/errorCatalogue.ts';
import { coreFailure } from '../coreFailure.ts';

const call = { action: 'ec2:CreateVpc', endpoint: 'http://127.0.0.1:1', profile: 'lab' };

function answer(name: string, message = 'Sorry.'): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: 400 } });
}

function network(code: string): Error {
  return Object.assign(new Error(`connect ${code}`), { code });
}

function meant<C extends ErrorCode>(cause: unknown, code: C, data: ErrorData[C]): void {
  const failure = failureOf(cause, call);
  ok(coreFailure(code, data)(failure));
  ok(failure instanceof CoreError);
  equal(failure.cause, cause);
}

describe('an exception of the SDK', () => {
  it('about credentials names the profile', () => {
    const profile = 'lab';
    meant(answer('ExpiredToken'), 'aws.credentialsExpired', { profile });
    meant(answer('RequestExpired'), 'aws.credentialsExpired', { profile });
    meant(answer('AuthFailure'), 'aws.credentialsRefused', { profile, awsCode: 'AuthFailure' });
    const provider = (message: string) =>
      Object.assign(new Error(message), { name: 'CredentialsProviderError' });
    meant(provider('Could not load credentials from any providers'), 'aws.noCredentials', { profile });
    const session = 'The SSO session associated with this profile has expired.';
    meant(provider(session), 'aws.ssoEnded', { profile });
  });

  it('about the network says what the network said', () => {
    const endpoint = call.endpoint;
    for (const reason of ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EHOSTUNREACH', 'CERT_HAS_EXPIRED']) {
      meant(network(reason), 'aws.unreachable', { endpoint, reason });
    }
    const timeout = Object.assign(new Error('late'), { name: 'TimeoutError' });
    meant(timeout, 'aws.unreachable', { endpoint, reason: 'timeout' });
  });

  it('about permissions names the action that AWS names, or else the call', () => {
    meant(answer('UnauthorizedOperation'), 'aws.denied', { action: 'ec2:CreateVpc' });
    const message = 'User: x is not authorized to perform: ec2:CreateTags on resource: y';
    meant(answer('UnauthorizedOperation', message), 'aws.denied', { action: 'ec2:CreateTags' });
  });

  it('about anything else keeps the code and the sentence of AWS', () => {
    meant(answer('RequestLimitExceeded'), 'aws.throttled', { action: 'ec2:CreateVpc' });
    const data = { action: 'ec2:CreateVpc', awsCode: 'VpcLimitExceeded', awsMessage: 'Too many.' };
    meant(answer('VpcLimitExceeded', 'Too many.'), 'aws.refused', data);
  });

  it('that is a mistake of the program stays what it is', () => {
    const mistake = new TypeError('x is not a function');
    equal(failureOf(mistake, call), mistake);
  });
});
