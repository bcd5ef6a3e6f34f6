import * as l10n from '@vscode/l10n';
import type { FindingCode } from '../../core/diagnose/finding.ts';
import { layerOf } from '../../core/diagnose/layers.ts';
import type { MailFacts } from '../../core/diagnose/mail/mailFacts.ts';
import { mailAgrees } from '../../core/diagnose/mail/mailFacts.ts';
import type { RunRow } from '../../core/diagnose/run.ts';
import type { Cell, PanelNote } from '../../panel/protocol.ts';
import { findingWords } from '../../words/findingText.ts';
import { mailText } from '../../words/mailText.ts';

/** What others see of an address that sends mail, below its row. */
export function mailNote(mail: MailFacts): PanelNote {
  return { text: mailText(mail), tone: mailAgrees(mail) ? 'good' : 'plain' };
}

/** Where nothing can be said of the names yet. */
const unsaid: readonly FindingCode[] = ['dnsSilent', 'ptrPending'];

/** Whether the names of an address agree, as a cell of the matrix; what is wrong with names belongs to no layer. */
export function mailCell({ mail, findings = [] }: RunRow): Cell {
  const ofNames = findings.filter((found) => layerOf(found) === undefined);
  const faults = ofNames.filter(({ code }) => !unsaid.includes(code));
  const detail = ofNames.map((found) => findingWords(found).fault).join(' ');
  if (faults.length > 0) return { text: l10n.t('At fault'), tone: 'bad', detail, iconOnly: true };
  return mail !== undefined && mailAgrees(mail)
    ? { text: l10n.t('In order'), tone: 'good', iconOnly: true }
    : {
        text: l10n.t('Not looked at'),
        tone: 'doubtful',
        iconOnly: true,
        ...(detail !== '' && { detail }),
      };
}
