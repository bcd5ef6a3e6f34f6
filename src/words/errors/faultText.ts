import * as l10n from '@vscode/l10n';
import type { FaultReason } from '../../core/guest/ifupdown/faults.ts';

const texts: Readonly<Record<FaultReason, () => string>> = {
  misplacedOption: () => l10n.t('an option that belongs to no stanza'),
  emptyOption: () => l10n.t('an option without a value'),
  missingInterface: () => l10n.t('a stanza without the name of an interface'),
  unknownFamily: () => l10n.t('an address family that ifupdown does not know'),
  unknownMethod: () => l10n.t('a method that ifupdown does not know'),
  missingInherits: () => l10n.t('“inherits” without a name'),
  unknownInherits: () => l10n.t('“inherits” from an interface that is not defined'),
  duplicateScript: () => l10n.t('a second script in one mapping'),
  byteOrderMark: () => l10n.t('an invisible byte order mark at its beginning'),
  noBreakSpace: () => l10n.t('a no-break space, which looks like a space and is none'),
  brokenContinuation: () => l10n.t('white space after the backslash that should continue the line before'),
  carriageReturns: () => l10n.t('carriage returns instead of line ends'),
};

/** Says what ifupdown does not like about a line. */
export function faultText(reason: FaultReason): string {
  return texts[reason]();
}
