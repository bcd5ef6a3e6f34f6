import type { InventoryIndex } from '../../core/model/inventoryIndex.ts';
import type { Eni } from '../../core/model/network.ts';
import type { AddressTarget, EniTarget, VpcTarget } from '../target.ts';
import { pickEni } from './pickTarget.ts';

/** The ENIs that the selected rows stand for, each once, of a VPC those that fit; asks for one where there is no row. */
export async function enisOf(
  index: InventoryIndex,
  targets: ReadonlySet<VpcTarget | EniTarget | AddressTarget>,
  title: string,
  fits: (eni: Eni) => boolean,
): Promise<readonly string[]> {
  if (targets.size === 0) return [(await pickEni(index, title, fits)).id];
  const found = [...targets].flatMap((target) =>
    target.kind === 'vpc'
      ? index.enisOfVpc(target.vpcId).flatMap((eni) => (fits(eni) ? [eni.id] : []))
      : [target.eniId],
  );
  return [...new Set(found)];
}
