import * as l10n from '@vscode/l10n';
import { type MailFacts, plainName } from '../core/diagnose/mail/mailFacts.ts';
import { dotted } from './unbroken.ts';

function recordsText(records: MailFacts['ptr'] | undefined): string {
  if (records === undefined || records === 'silent') return l10n.t('no answer');
  return records.length === 0 ? l10n.t('none') : records.map(plainName).join(', ');
}

/** The names of an address that sends mail, in one line. */
export function mailText({ publicIp, helo, ptr, forward, ec2 }: MailFacts): string {
  return dotted([
    l10n.t('PTR of {0}: {1}', publicIp, recordsText(ptr)),
    ...Object.entries(forward).map(([name, found]) => l10n.t('A of {0}: {1}', name, recordsText(found))),
    l10n.t('HELO: {0}', helo ?? l10n.t('not known')),
    ...(ec2.pending === undefined ? [] : [l10n.t('EC2 is still setting {0}', ec2.pending)]),
  ]);
}
