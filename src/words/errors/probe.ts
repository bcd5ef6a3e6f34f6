import * as l10n from '@vscode/l10n';
import type { ProbeErrors } from '../../core/probe/errors.ts';
import type { Sentences } from './sentences.ts';

/** Why a proof cannot even begin, and what to do. */
export const probeSentences: Sentences<ProbeErrors> = {
  'probe.port': ({ port }) => l10n.t('{0} is no port. Use a number from 1 to 65535.', port),
  'probe.portTaken': ({ address, port }) =>
    l10n.t('Port {1} of {0} is in use on the guest. Choose a port that is free.', address, port),
  'probe.noListener': ({ host }) =>
    l10n.t('{0} has nothing to listen with. Install python3, perl or netcat there.', host),
};
