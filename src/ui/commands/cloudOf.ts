import * as l10n from '@vscode/l10n';
import type { Cloud } from '../cloud.ts';
import type { Clouds } from '../clouds.ts';
import { Refusal } from '../refusal.ts';
import type { InRegion } from '../target.ts';
import { askPick } from '../wizard/askPick.ts';
import { placeOf } from './regions.ts';

/**
 * The Region of the row that a command was called on; asks where it was called on none and several are shown.
 *
 * `all` are the rows that are selected beside it: they have to be of one Region.
 */
export async function cloudOf(
  clouds: Clouds,
  title: string,
  target: InRegion | undefined,
  all: readonly InRegion[] = [],
): Promise<Cloud> {
  const [first, ...others] = new Set([target, ...all].flatMap((it) => it?.region ?? []));
  if (others.length > 0) {
    throw new Refusal(l10n.t('These rows belong to several Regions. Choose rows of one Region.'), 'none');
  }
  if (first !== undefined || target !== undefined) return clouds.inRegion(first);
  const shown = await clouds.shown();
  if (shown.length === 1) return clouds.main;
  return askPick(
    { title, step: 1, totalSteps: 1 },
    {
      placeholder: l10n.t('Region to work in'),
      choices: shown.map(({ region, cloud }) => ({
        label: region,
        description: placeOf(region) ?? '',
        value: cloud,
      })),
    },
  );
}
