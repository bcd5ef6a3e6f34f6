import { CoreError } from '../../base/errors.ts';
import type { CommandResult } from '../../ssh/shell.ts';

/** How a half of a transaction ended on the guest. */
export type Answer = 'ok' | 'done' | 'reverted';

/** Reads what a transaction's script printed; throws the error that a refusal names. */
export function readAnswer(operation: string, nic: string, { code, stdout, stderr }: CommandResult): Answer {
  const [answer, reason = '', subject = '', ...rest] = stdout.toString('utf8').trimEnd().split('\n');
  if (answer === 'ok' || answer === 'done' || answer === 'reverted') return answer;
  if (answer === 'refused') throw refusal(reason, subject, rest.join('\n').trim(), nic);
  throw new CoreError('ssh.commandFailed', { operation, exitCode: code, stderr: stderr.trim() });
}

function refusal(reason: string, subject: string, output: string, nic: string): CoreError {
  switch (reason) {
    case 'fileChanged':
      return new CoreError('guest.fileChanged', { path: subject });
    case 'fileNotWritable':
      return new CoreError('guest.fileNotWritable', { path: subject, reason: output });
    case 'addressNotUp':
      return new CoreError('guest.addressNotUp', { address: subject, interface: nic, output });
    case 'ruleMissing':
      return new CoreError('guest.ruleMissing', { address: subject, interface: nic, output });
    case 'addressNotDown':
      return new CoreError('guest.addressNotDown', { address: subject, interface: nic, output });
    case 'busy':
      return new CoreError('guest.busy', { transaction: subject });
    case 'recovered':
      return new CoreError('guest.recovered', { transaction: subject });
    case 'notArmed':
      return new CoreError('guest.notArmed', {});
    default:
      return new CoreError('guest.candidateRefused', { path: subject, output });
  }
}
