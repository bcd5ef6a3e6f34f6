import * as l10n from '@vscode/l10n';
import type { InventoryIndex } from '../../core/model/inventoryIndex.ts';
import type { Eip, Eni, PrivateAddress, Vpc } from '../../core/model/network.ts';
import { thing } from '../../words/errors/thing.ts';
import { Refusal } from '../refusal.ts';
import { eniTitle, nameOf, titleOf } from '../tree/labels.ts';
import { askPick } from '../wizard/askPick.ts';
import type { Choice } from '../wizard/askPick.ts';

/** One private address with the ENI that holds it. */
export interface AddressOnEni {
  readonly eni: Eni;
  readonly address: PrivateAddress;
}

async function pick<T>(
  title: string,
  placeholder: string,
  choices: readonly Choice<T>[],
  what: string,
): Promise<T> {
  if (choices.length === 0)
    throw new Refusal(l10n.t('There is no {0} here that this can be done with.', thing(what)));
  return askPick({ title, step: 1, totalSteps: 1 }, { placeholder, choices });
}

/** Asks for an ENI. */
export function pickEni(index: InventoryIndex, title: string, fits: (eni: Eni) => boolean): Promise<Eni> {
  const choices = index.inventory.enis.filter(fits).map((eni) => ({
    label: eniTitle(eni),
    description: `${eni.id} · ${eni.addresses[0]?.address ?? ''}`,
    value: eni,
  }));
  return pick(title, l10n.t('Network interface'), choices, 'network interface');
}

/** Asks for a private address. */
export function pickAddress(
  index: InventoryIndex,
  title: string,
  fits: (pair: AddressOnEni) => boolean,
): Promise<AddressOnEni> {
  const all = index.inventory.enis.flatMap((eni) => eni.addresses.map((address) => ({ eni, address })));
  const choices = all.filter(fits).map((pair) => {
    const publicIp = pair.address.association?.publicIp;
    return {
      label: publicIp === undefined ? pair.address.address : `${pair.address.address} ↔ ${publicIp}`,
      description: eniTitle(pair.eni),
      value: pair,
    };
  });
  return pick(title, l10n.t('Private address'), choices, 'private address');
}

/** Asks for a VPC. */
export function pickVpc(index: InventoryIndex, title: string, fits: (vpc: Vpc) => boolean): Promise<Vpc> {
  const choices = index.inventory.vpcs.filter(fits).map((vpc) => ({
    label: titleOf(vpc),
    description: [vpc.id, ...vpc.cidrs].join(' · '),
    value: vpc,
  }));
  return pick(title, l10n.t('VPC'), choices, 'VPC');
}

/** A row for an idle EIP in a list. */
export function eipChoice(eip: Eip): Choice<string> {
  return {
    label: eip.publicIp,
    description: [nameOf(eip.tags), eip.allocationId].filter(Boolean).join(' · '),
    value: eip.allocationId,
  };
}
