import * as l10n from '@vscode/l10n';
import { checkAddresses, parseCidr } from '../../core/model/addresses.ts';
import type { InventoryIndex } from '../../core/model/inventoryIndex.ts';
import type { AddPairsSpec } from '../../core/plan/recipes/addPairs.ts';
import { askText } from '../wizard/askText.ts';
import type { Place } from '../wizard/back.ts';
import { problemOf } from '../wizard/problem.ts';
import { isCount, words } from './lists.ts';

/** So many addresses, or which. */
export type Addresses = AddPairsSpec['addresses'];

/** Asks for addresses of a subnet: a count, or the addresses themselves, which must be free. */
export async function askAddresses(
  place: Place,
  index: InventoryIndex,
  {
    subnetId,
    prompt,
    value,
  }: { readonly subnetId: string; readonly prompt: string; readonly value: Addresses },
): Promise<Addresses> {
  const { cidr = '' } = index.subnets.get(subnetId) ?? {};
  const text = await askText(place, {
    prompt,
    value: 'explicit' in value ? value.explicit.join(', ') : String(value.count),
    problem: (typed) => {
      if (isCount(typed)) return undefined;
      const addresses = words(typed);
      if (addresses.length === 0) return l10n.t('Write at least one address of {0}.', cidr);
      return problemOf(() => {
        checkAddresses(addresses, parseCidr(cidr), index.holdersInSubnet(subnetId));
      });
    },
  });
  return isCount(text) ? { count: Number(text) } : { explicit: words(text) };
}
