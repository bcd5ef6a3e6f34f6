import * as l10n from '@vscode/l10n';
import { askPick } from '../wizard/askPick.ts';

/** Offers to rewrite what somebody wrote by hand with the subnet's mask, which works and may stay. */
export function askBetterForm(addresses: readonly string[]): Promise<boolean> {
  const place = { title: l10n.t('Configure Guest OS'), step: 1, totalSteps: 1 };
  return askPick(place, {
    placeholder: l10n.t('Written by hand in the guest, with the subnet’s mask: {0}', addresses.join(', ')),
    choices: [
      {
        label: l10n.t('Rewrite as /32'),
        detail: l10n.t('Then no other traffic leaves from there. The difference is shown first.'),
        value: true,
      },
      { label: l10n.t('Leave it as it is'), detail: l10n.t('It works.'), value: false },
    ],
  });
}
