import { CoreError } from '../base/errors.ts';

/** What is known about a call that failed. */
export interface FailedCall {
  /** The IAM action, such as `ec2:CreateVpc`. */
  readonly action: string;
  readonly endpoint: string;
  readonly profile?: string | undefined;
}

const EXPIRED = new Set(['ExpiredToken', 'ExpiredTokenException', 'RequestExpired']);
const REFUSED = new Set([
  'AuthFailure',
  'IncompleteSignature',
  'InvalidClientTokenId',
  'MissingAuthenticationToken',
  'OptInRequired',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);
const DENIED = new Set(['UnauthorizedOperation', 'AccessDenied', 'AccessDeniedException']);
const THROTTLED = new Set(['RequestLimitExceeded', 'Throttling', 'ThrottlingException', 'TooManyRequests']);
const TIMED_OUT = new Set(['TimeoutError', 'RequestTimeout']);

/** Says what an exception of the SDK means; what is no failure of AWS or of the network is returned as it is. */
export function failureOf(cause: unknown, call: FailedCall): unknown {
  if (!(cause instanceof Error) || cause instanceof CoreError) return cause;
  const options = { cause };
  const who = call.profile === undefined ? {} : { profile: call.profile };
  const code = cause.name;
  if (isCredentialsFailure(cause)) {
    const expired = /expired|re-authenticate|refresh/i.test(cause.message);
    return new CoreError(expired ? 'aws.credentialsExpired' : 'aws.noCredentials', who, options);
  }
  const reason = networkReason(cause);
  if (reason !== undefined) {
    return new CoreError('aws.unreachable', { endpoint: call.endpoint, reason }, options);
  }
  if (!('$metadata' in cause)) return cause;
  if (EXPIRED.has(code)) return new CoreError('aws.credentialsExpired', who, options);
  if (REFUSED.has(code)) return new CoreError('aws.credentialsRefused', { ...who, awsCode: code }, options);
  if (DENIED.has(code)) return new CoreError('aws.denied', { action: deniedAction(cause, call) }, options);
  if (THROTTLED.has(code)) return new CoreError('aws.throttled', { action: call.action }, options);
  return new CoreError(
    'aws.refused',
    { action: call.action, awsCode: code, awsMessage: cause.message },
    options,
  );
}

function isCredentialsFailure(error: Error): boolean {
  // A credential_process that answers badly gives a plain Error, alone to be told by its sentence.
  return error.name === 'CredentialsProviderError' || error.message.includes('credential_process');
}

function networkReason(error: Error): string | undefined {
  if (TIMED_OUT.has(error.name)) return 'timeout';
  const code = (error as NodeJS.ErrnoException).code;
  return code !== undefined && /^(E[A-Z_]+|ERR_(SSL|TLS)_.*|.*CERT.*)$/.test(code) ? code : undefined;
}

// A refused CreateVpc may lack ec2:CreateTags alone: AWS's own sentence names it.
function deniedAction(error: Error, call: FailedCall): string {
  return /perform: ([a-z0-9-]+:[A-Za-z*]+)/.exec(error.message)?.[1] ?? call.action;
}
