import * as l10n from '@vscode/l10n';
import type { FindingData, NameFindingCode } from '../core/diagnose/finding.ts';

/** What is at fault with the names of an address that sends mail, and what to do about it. */
export const mailWords: {
  readonly [C in NameFindingCode]: (data: FindingData[C]) => {
    readonly fault: string;
    readonly advice: string;
  };
} = {
  dnsSilent: ({ name }) => ({
    fault: l10n.t('DNS does not answer for {0}, so nothing can be said of its names.', name),
    advice: l10n.t('Check the network of this machine, or name another DNS server in the settings.'),
  }),
  ptrMissing: ({ publicIp }) => ({
    fault: l10n.t('{0} has no name (PTR record): many mail servers take nothing from it.', publicIp),
    advice: l10n.t(
      'Give the name that the mail server greets with an A record to {0}, then set its reverse DNS.',
      publicIp,
    ),
  }),
  ptrPending: ({ publicIp, name }) => ({
    fault: l10n.t('EC2 is still setting the reverse DNS of {0} to {1}.', publicIp, name),
    advice: l10n.t('Wait a few minutes, then test again.'),
  }),
  nameElsewhere: ({ name, publicIp, addresses }) => ({
    fault:
      addresses.length === 0
        ? l10n.t('The name {0} has no address, so nobody can tell that {1} belongs to it.', name, publicIp)
        : l10n.t('The name {0} leads to {1}, not to {2}.', name, addresses.join(', '), publicIp),
    advice: l10n.t('Give {0} an A record to {1} where its domain is managed.', name, publicIp),
  }),
  heloDiffers: ({ address, helo, ptr }) => ({
    fault: l10n.t(
      'The mail server greets as {1} from {0}, but the reverse DNS says {2}.',
      address,
      helo,
      ptr.join(', '),
    ),
    advice: l10n.t(
      'Set the reverse DNS to {0}, or let the mail server greet as {1} from there.',
      helo,
      ptr[0] ?? '',
    ),
  }),
};
