import * as l10n from '@vscode/l10n';
import type { InventoryIndex } from '../../core/model/inventoryIndex.ts';
import type { Eip } from '../../core/model/network.ts';
import type { RowToken } from '../contributions.ts';
import { eniTitle, nameOf } from './labels.ts';
import type { Row } from './row.ts';

function rank(eip: Eip): number {
  return eip.association === undefined ? 0 : 1;
}

function eipRow(index: InventoryIndex, eip: Eip): Row {
  const { association } = eip;
  const eni = index.enis.get(association?.networkInterfaceId ?? '');
  const name = nameOf(eip.tags);
  const use =
    association === undefined
      ? l10n.t('idle, and costs money')
      : `${association.privateAddress} · ${eni === undefined ? association.networkInterfaceId : eniTitle(eni)}`;
  const tokens: RowToken[] = association === undefined ? ['idle'] : ['paired'];
  if (eip.managedBy === undefined) tokens.push('editable');
  return {
    id: eip.allocationId,
    target: { kind: 'eip', allocationId: eip.allocationId },
    label: eip.publicIp,
    description: use,
    tooltip: [
      l10n.t('Elastic IP: {0}', eip.publicIp),
      ...(name === undefined ? [] : [l10n.t('Name: {0}', name)]),
      l10n.t('Allocation: {0}', eip.allocationId),
      ...(association === undefined
        ? [l10n.t('Idle: paired with nothing, and costs money all the same')]
        : [l10n.t('Paired with: {0} on {1}', association.privateAddress, association.networkInterfaceId)]),
      ...(eip.managedBy === undefined ? [] : [l10n.t('Managed by {0}: not touched here', eip.managedBy)]),
    ],
    icon: eip.managedBy === undefined ? (association === undefined ? 'warning' : 'link') : 'lock',
    ...(association === undefined ? { color: 'list.warningForeground' } : {}),
    tokens,
  };
}

/** The Elastic IPs of a Region, idle ones first, because they cost money for nothing. */
export function elasticIpRows(index: InventoryIndex): readonly Row[] {
  const sorted = [...index.inventory.eips].sort(
    (a, b) => rank(a) - rank(b) || a.publicIp.localeCompare(b.publicIp, 'en', { numeric: true }),
  );
  return sorted.map((eip) => eipRow(index, eip));
}
