import * as l10n from '@vscode/l10n';
import type { InventoryIndex } from '../../core/model/inventoryIndex.ts';
import type { NewEniSpec } from '../../core/plan/recipes/newEni.ts';
import { titleOf } from '../tree/labels.ts';
import { askMany } from '../wizard/askMany.ts';
import { askPick } from '../wizard/askPick.ts';
import type { Step } from '../wizard/wizard.ts';
import { askAddresses } from './askAddresses.ts';

/** Asks for the subnet of a new ENI, among those that fit. */
export function askSubnet<T extends NewEniSpec>(
  index: InventoryIndex,
  fits: (subnet: InventoryIndex['inventory']['subnets'][number]) => boolean,
): Step<T> {
  const choices = index.inventory.subnets.filter(fits).map((subnet) => ({
    label: titleOf(subnet),
    description: [subnet.cidr, subnet.availabilityZone].join(' · '),
    value: subnet.id,
  }));
  return async (spec, place) => {
    const subnetId = await askPick(place, {
      placeholder: l10n.t('Subnet'),
      choices,
      selected: (id) => id === spec.subnetId,
    });
    return { ...spec, subnetId };
  };
}

/** Asks for the security groups of a new ENI. */
export function askGroups<T extends NewEniSpec>(index: InventoryIndex): Step<T> {
  return async (spec, place) => {
    const vpcId = index.subnets.get(spec.subnetId)?.vpcId;
    const groups = index.inventory.securityGroups.filter((group) => group.vpcId === vpcId);
    const known = groups.filter(({ id }) => spec.groupIds.includes(id));
    // What everybody has made by hand is meant more often than the default one.
    const proposed = known[0] ?? groups.find(({ name }) => name !== 'default') ?? groups[0];
    const groupIds = await askMany(place, {
      placeholder: l10n.t('Security groups'),
      choices: groups.map(({ id, name }) => ({ label: name, description: id, value: id })),
      selected: (id) => (known.length > 0 ? known.some((group) => group.id === id) : id === proposed?.id),
    });
    return { ...spec, groupIds };
  };
}

/** Asks for the addresses of a new ENI: a count, or the addresses themselves. */
export function askNewAddresses<T extends NewEniSpec>(index: InventoryIndex): Step<T> {
  return async (spec, place) => {
    const { cidr = '' } = index.subnets.get(spec.subnetId) ?? {};
    const { subnetId, addresses: value } = spec;
    const prompt = l10n.t('How many addresses, or which ones of {0}, the primary one first', cidr);
    return { ...spec, addresses: await askAddresses(place, index, { subnetId, prompt, value }) };
  };
}
