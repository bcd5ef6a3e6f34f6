import * as l10n from '@vscode/l10n';
import type { ProbeErrors } from '../../core/probe/errors.ts';
import type { Sentences } from './sentences.ts';

/** Why a proof cannot even begin, and what to do. */
export const probeSentences: Sentences<ProbeErrors> = {
  'probe.port': ({ port }) =>
    l10n.t(
      '“{0}” in the setting {1} is not a port number. Use whole numbers from 1 to 65535.',
      port,
      'ec2MultiIp.probe.ports',
    ),
  'probe.noPorts': () =>
    l10n.t('The setting {0} names no port. Use whole numbers from 1 to 65535.', 'ec2MultiIp.probe.ports'),
  'probe.dnsServer': ({ server }) =>
    l10n.t(
      '“{0}” in the setting {1} is not the address of a DNS server. Use one such as 1.1.1.1 or 127.0.0.1:5353.',
      server,
      'ec2MultiIp.mail.dnsServers',
    ),
  'probe.heloName': ({ name }) =>
    l10n.t(
      '“{0}” in the setting {1} is not the name of a host. Use one such as mail2.example.com for each private address.',
      name,
      'ec2MultiIp.mail.heloNames',
    ),
  'probe.echoUrl': ({ url }) =>
    l10n.t('“{0}” is not the address of an echo service. Use an http or https URL in the settings.', url),
};
