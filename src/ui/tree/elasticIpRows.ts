import * as l10n from '@vscode/l10n';
import type { InventoryIndex } from '../../core/model/inventoryIndex.ts';
import type { Eip } from '../../core/model/network.ts';
import { EIP_MONTH } from '../../words/cost.ts';
import type { RowToken } from '../contributions.ts';
import { eniTitle, nameOf } from './labels.ts';
import type { Row } from './row.ts';

function rank(eip: Eip): number {
  return eip.association === undefined ? 0 : 1;
}

/** Allocation id → name that the address has in reverse DNS. */
export type ReverseDns = ReadonlyMap<string, string>;

function eipRow(index: InventoryIndex, eip: Eip, ptr: string | undefined): Row {
  const { association } = eip;
  const eni = index.enis.get(association?.networkInterfaceId ?? '');
  const name = nameOf(eip.tags);
  const use =
    association === undefined
      ? l10n.t('idle · {0} a month', EIP_MONTH)
      : `${association.privateAddress} · ${eni === undefined ? association.networkInterfaceId : eniTitle(eni)}`;
  const tokens: RowToken[] = association === undefined ? ['idle'] : ['paired'];
  if (eip.managedBy === undefined) tokens.push('editable');
  return {
    id: eip.allocationId,
    target: { kind: 'eip', allocationId: eip.allocationId },
    label: eip.publicIp,
    description: [use, ...(ptr === undefined ? [] : [ptr])].join(' · '),
    tooltip: [
      l10n.t('Elastic IP: {0}', eip.publicIp),
      ...(name === undefined ? [] : [l10n.t('Name: {0}', name)]),
      l10n.t('Allocation: {0}', eip.allocationId),
      l10n.t('Cost: {0} a month, in use or idle', EIP_MONTH),
      ptr === undefined ? l10n.t('No reverse DNS') : l10n.t('Reverse DNS: {0}', ptr),
      ...(association === undefined
        ? [l10n.t('Idle: paired with nothing, and costs money all the same')]
        : [l10n.t('Paired with: {0} on {1}', association.privateAddress, association.networkInterfaceId)]),
      ...(eip.managedBy === undefined ? [] : [l10n.t('Managed by {0}: not touched here', eip.managedBy)]),
    ],
    icon: eip.managedBy === undefined ? (association === undefined ? 'warning' : 'link') : 'lock',
    ...(association === undefined ? { color: 'ec2MultiIp.idle', mark: 'idle' } : {}),
    tokens,
  };
}

/** The Elastic IPs of a Region, idle ones first, because they cost money for nothing. */
export function elasticIpRows(index: InventoryIndex, reverseDns: ReverseDns): readonly Row[] {
  const sorted = [...index.inventory.eips].sort(
    (a, b) => rank(a) - rank(b) || a.publicIp.localeCompare(b.publicIp, 'en', { numeric: true }),
  );
  return sorted.map((eip) => eipRow(index, eip, reverseDns.get(eip.allocationId)));
}
