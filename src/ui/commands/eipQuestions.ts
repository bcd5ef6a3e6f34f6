import * as l10n from '@vscode/l10n';
import type { InventoryIndex } from '../../core/model/inventoryIndex.ts';
import { askMany } from '../wizard/askMany.ts';
import { askPick } from '../wizard/askPick.ts';
import type { Step } from '../wizard/wizard.ts';
import { eipChoice } from './pickTarget.ts';

/** Asks whether idle EIPs are to be used, and which; nothing to ask where there are too few. */
export function askEips<T extends { readonly eips?: readonly string[] }>(
  index: InventoryIndex,
  wantedBy: (spec: T) => number,
): Step<T> {
  return async (spec, place) => {
    const wanted = wantedBy(spec);
    const idle = index.idleEips.filter(({ managedBy }) => managedBy === undefined);
    const { eips: chosen, ...rest } = spec;
    // Nothing else but the optional part is gone.
    const withNew = rest as T;
    if (idle.length < wanted) return withNew;
    const useIdle = await askPick(place, {
      placeholder: l10n.t('Elastic IPs for the new addresses'),
      choices: [
        { label: l10n.t('Allocate new ones'), value: false },
        { label: l10n.t('Use idle ones'), description: l10n.t('{0} idle', idle.length), value: true },
      ],
      selected: (value) => value === (chosen !== undefined),
    });
    if (!useIdle) return withNew;
    const proposed = chosen ?? idle.slice(0, wanted).map(({ allocationId }) => allocationId);
    const eips = await askMany(place, {
      placeholder: l10n.t('Idle Elastic IPs to use: {0}', wanted),
      choices: idle.map(eipChoice),
      selected: (id) => proposed.includes(id),
      exactly: wanted,
    });
    return { ...spec, eips };
  };
}
