import { CoreError } from '../base/errors.ts';
import type { SshTarget } from './shell.ts';

/** Turns what ssh2 or the socket reports while a connection is being made into the failure that it means. */
export function connectFailure(target: SshTarget, error: unknown, seconds: number, tried: number): Error {
  if (error instanceof CoreError) return error;
  const { host, port, user } = target;
  const options = { cause: error };
  const { code, level, message } = read(error);
  if (level === 'client-authentication') return new CoreError('ssh.loginRefused', { host, user }, options);
  // sshd's own words when MaxAuthTries is reached.
  if (/authentication failures/i.test(message)) {
    return new CoreError('ssh.tooManyKeys', { host, user, tried }, options);
  }
  switch (code) {
    case 'ECONNREFUSED':
      return new CoreError('ssh.refused', { host, port }, options);
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EHOSTDOWN':
      return new CoreError('ssh.noAnswer', { host, port, seconds }, options);
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new CoreError('ssh.unknownHost', { host }, options);
    case 'ECONNRESET':
    case 'EPIPE':
      return new CoreError('ssh.connectionLost', { host }, options);
    default:
  }
  if (message.startsWith('Connection lost')) return new CoreError('ssh.connectionLost', { host }, options);
  return new CoreError('ssh.protocol', { host, port, reason: message }, options);
}

function read(error: unknown): {
  readonly code: string;
  readonly level: string;
  readonly message: string;
} {
  if (!(error instanceof Error)) return { code: '', level: '', message: String(error) };
  return {
    code: 'code' in error ? String(error.code) : '',
    level: 'level' in error ? String(error.level) : '',
    message: error.message,
  };
}
