import * as l10n from '@vscode/l10n';
import type { ProbeErrors } from '../../core/probe/errors.ts';
import type { Sentences } from './sentences.ts';

/** Why a proof cannot even begin, and what to do. */
export const probeSentences: Sentences<ProbeErrors> = {
  'probe.port': ({ port }) => l10n.t('{0} is not a port number. Use a number from 1 to 65535.', port),
  'probe.echoUrl': ({ url }) =>
    l10n.t('“{0}” is not the address of an echo service. Use an http or https URL in the settings.', url),
};
