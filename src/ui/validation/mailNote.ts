import type { MailFacts } from '../../core/diagnose/mail/mailFacts.ts';
import { mailAgrees } from '../../core/diagnose/mail/mailFacts.ts';
import type { PanelNote } from '../../panel/protocol.ts';
import { mailText } from '../../words/mailText.ts';

/** What others see of an address that sends mail, below its row. */
export function mailNote(mail: MailFacts): PanelNote {
  return { text: mailText(mail), tone: mailAgrees(mail) ? 'good' : 'plain' };
}
