import type { CoreError, ErrorCode } from '../core/base/errors.ts';
import type { ErrorData } from '../core/errorCatalogue.ts';
import { addressSentences } from './errors/address.ts';
import { awsSentences } from './errors/aws.ts';
import { guestSentences } from './errors/guest.ts';
import { planSentences } from './errors/plan.ts';
import { probeSentences } from './errors/probe.ts';
import type { Sentences } from './errors/sentences.ts';
import { sshSentences } from './errors/ssh.ts';

/** All sentences; a code without one does not compile. */
const sentences: Sentences<ErrorData> = {
  ...addressSentences,
  ...awsSentences,
  ...guestSentences,
  ...planSentences,
  ...probeSentences,
  ...sshSentences,
};

/** Says in the user's language what is wrong and what to do about it. */
export function errorSentence<C extends ErrorCode>(error: CoreError<C>): string {
  const sentence: (data: ErrorData[C]) => string = sentences[error.code];
  return sentence(error.data);
}
