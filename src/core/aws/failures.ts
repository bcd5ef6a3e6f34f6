import { CoreError } from '../base/errors.ts';

/** What is known about a call that failed. */
export interface FailedCall {
  /** The IAM action, such as `ec2:CreateVpc`. */
  readonly action: string;
  readonly endpoint: string;
  readonly profile?: string | undefined;
}

const EXPIRED = new Set(['ExpiredToken', 'ExpiredTokenException', 'RequestExpired']);
/** What a signature is refused with whose time is wrong, and with other things too. */
const TIMED = new Set([
  'AuthFailure',
  'InvalidSignatureException',
  'RequestExpired',
  'RequestTimeTooSkewed',
  'SignatureDoesNotMatch',
]);
const REFUSED = new Set([
  'AuthFailure',
  'IDPRejectedClaimException',
  'IncompleteSignature',
  'InvalidSignatureException',
  'InvalidClientTokenId',
  'InvalidIdentityTokenException',
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
  if (isCredentialsFailure(cause)) return new CoreError(credentialsCode(cause), who, options);
  const { code: systemCode, path } = cause as NodeJS.ErrnoException;
  if (systemCode === 'ENOENT' && path !== undefined) {
    return new CoreError('aws.tokenFileMissing', { path }, options);
  }
  const reason = networkReason(cause);
  if (reason !== undefined) {
    const { hostname } = cause as { readonly hostname?: string };
    return new CoreError('aws.unreachable', { endpoint: hostname ?? call.endpoint, reason }, options);
  }
  if (!('$metadata' in cause)) return cause;
  const minutes = clockError(cause);
  if (TIMED.has(code) && Math.abs(minutes) >= 5) return new CoreError('aws.clockWrong', { minutes }, options);
  if (EXPIRED.has(code)) return new CoreError('aws.credentialsExpired', who, options);
  if (REFUSED.has(code)) return new CoreError('aws.credentialsRefused', { ...who, awsCode: code }, options);
  if (DENIED.has(code) && cause.message.includes('MultiFactorAuthentication failed')) {
    return new CoreError('aws.mfaRefused', who, options);
  }
  if (DENIED.has(code)) return new CoreError('aws.denied', { action: deniedAction(cause, call) }, options);
  if (THROTTLED.has(code)) return new CoreError('aws.throttled', { action: call.action }, options);
  return new CoreError(
    'aws.refused',
    { action: call.action, awsCode: code, awsMessage: cause.message },
    options,
  );
}

function credentialsCode({
  message,
}: Error): 'aws.ssoDenied' | 'aws.ssoEnded' | 'aws.credentialsExpired' | 'aws.noCredentials' {
  if (/ForbiddenException|No access/.test(message)) return 'aws.ssoDenied';
  // The portal refuses a token that was revoked, the others say what to run.
  if (/\bSSO\b|UnauthorizedException|Session token not found/i.test(message)) return 'aws.ssoEnded';
  return /expired|re-authenticate|refresh/i.test(message) ? 'aws.credentialsExpired' : 'aws.noCredentials';
}

/** Minutes by which this computer's clock is ahead of the one that answered. */
function clockError(error: Error): number {
  const { $response } = error as { $response?: { headers?: Readonly<Record<string, string>> } };
  const date = Date.parse($response?.headers?.['date'] ?? '');
  return Number.isNaN(date) ? 0 : Math.round((Date.now() - date) / 60_000);
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
