import * as l10n from '@vscode/l10n';
import type { CertificateProblem } from '../core/ssh/certificate/judge.ts';

/** Why the certificate of a host's key, though of an authority that is believed, says nothing for it. */
export function certificateText(problem: CertificateProblem, host: string): string {
  switch (problem) {
    case 'expired':
      return l10n.t('Its certificate, signed by an authority in known_hosts, has expired: have it renewed.');
    case 'early':
      return l10n.t(
        'Its certificate, signed by an authority in known_hosts, is not valid yet: check the clock of this machine.',
      );
    case 'otherName':
      return l10n.t(
        'Its certificate, signed by an authority in known_hosts, is for other names than {0}: have it made for this one too, or name one of its names by HostKeyAlias in ~/.ssh/config.',
        host,
      );
    case 'weak':
      return l10n.t(
        'Its certificate is signed with SHA-1, which is believed no more: have it signed with SHA-2.',
      );
    case 'ofUser':
    case 'demands':
    case 'forged':
      return l10n.t('What it shows as its certificate is none of a host: it says nothing for this key.');
  }
}
