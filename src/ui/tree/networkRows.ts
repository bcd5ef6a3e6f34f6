import * as l10n from '@vscode/l10n';
import type { InventoryIndex } from '../../core/model/inventoryIndex.ts';
import type { Eni, Instance, Vpc } from '../../core/model/network.ts';
import { planOf } from '../../core/plan/stacks.ts';
import { timeText } from '../../words/time.ts';
import type { RowToken } from '../contributions.ts';
import type { ProofBook } from '../proofBook.ts';
import { addressRow } from './addressRow.ts';
import { eniTitle, instanceOf, instanceStateWord, nameOf, titleOf } from './labels.ts';
import type { Row } from './row.ts';

function eniRow(index: InventoryIndex, eni: Eni, proofs: ProofBook): Row {
  const instance = instanceOf(index, eni);
  const running = instance?.state === 'running';
  const paired = eni.addresses.filter(({ association }) => association !== undefined).length;
  const where = instance === undefined ? l10n.t('not attached') : instanceStateWord(instance.state);
  const pairs = l10n.t('{0} of {1} paired', paired, eni.addresses.length);
  const tokens: RowToken[] = [];
  if (eni.managedBy === undefined) tokens.push('editable');
  if (paired < eni.addresses.length) tokens.push('unpaired');
  if (running) tokens.push('running');
  if (eni.managedBy === undefined && eni.status === 'available') tokens.push('available');
  return {
    id: eni.id,
    target: { kind: 'eni', eniId: eni.id },
    label: eniTitle(eni),
    description: `${where} · ${pairs}`,
    tooltip: [
      l10n.t('Network interface: {0}', eni.id),
      l10n.t('MAC address: {0}', eni.mac),
      l10n.t('Subnet: {0} in {1}', eni.subnetId, eni.availabilityZone),
      l10n.t('Security groups: {0}', eni.groupIds.join(', ')),
      ...(instance === undefined
        ? []
        : [l10n.t('Instance: {0} ({1}), {2}', titleOf(instance), instance.id, instance.type)]),
      ...(eni.managedBy === undefined ? [] : [l10n.t('Managed by {0}: not touched here', eni.managedBy)]),
    ],
    icon: eni.managedBy === undefined ? 'plug' : 'lock',
    ...(running ? { color: 'charts.green' } : {}),
    tokens,
    expanded: index.inventory.enis.length <= 50,
    children: () => eni.addresses.map((address) => addressRow(eni, address, running, proofs)),
  };
}

function vpcRow(index: InventoryIndex, vpc: Vpc, proofs: ProofBook): Row {
  const enis = index.enisOfVpc(vpc.id);
  const gateway = index.inventory.internetGateways.find(({ vpcIds }) => vpcIds.includes(vpc.id));
  const running = enis.some((eni) => instanceOf(index, eni)?.state === 'running');
  const tokens: RowToken[] = [];
  if (planOf(vpc) !== undefined || !vpc.isDefault) tokens.push('removable');
  if (running) tokens.push('running');
  return {
    id: vpc.id,
    target: { kind: 'vpc', vpcId: vpc.id },
    label: titleOf(vpc),
    description: [...vpc.cidrs, ...(vpc.isDefault ? [l10n.t('default')] : [])].join(' · '),
    tooltip: [
      l10n.t('VPC: {0}', vpc.id),
      l10n.t('Ranges: {0}', vpc.cidrs.join(', ')),
      gateway === undefined
        ? l10n.t('No internet gateway: nothing answers from outside')
        : l10n.t('Internet gateway: {0}', nameOf(gateway.tags) ?? gateway.id),
      l10n.t('Network interfaces: {0}', enis.length),
    ],
    icon: 'cloud',
    tokens,
    expanded: index.inventory.vpcs.length <= 20 && enis.length > 0,
    ...(enis.length === 0 ? {} : { children: () => enis.map((eni) => eniRow(index, eni, proofs)) }),
  };
}

/** Whose Region it is. */
export interface Whose {
  /** Empty where the SDK's own chain decides. */
  readonly profile: string;
  /** Twelve digits, once known. */
  readonly account?: string | undefined;
}

/** What the interfaces stand under. */
export type Grouping = 'vpc' | 'instance';

function instanceRow(
  index: InventoryIndex,
  instance: Instance,
  enis: readonly Eni[],
  proofs: ProofBook,
): Row {
  const running = instance.state === 'running';
  return {
    id: instance.id,
    target: { kind: 'instance', instanceId: instance.id },
    label: titleOf(instance),
    description: [instanceStateWord(instance.state), instance.type].join(' · '),
    tooltip: [
      l10n.t('Instance: {0} ({1}), {2}', titleOf(instance), instance.id, instance.type),
      l10n.t('State: {0}', instanceStateWord(instance.state)),
      l10n.t('VPC: {0}', instance.vpcId ?? ''),
      l10n.t('Network interfaces: {0}', enis.length),
    ],
    icon: 'server',
    ...(running ? { color: 'charts.green' } : {}),
    tokens: running ? ['running'] : [],
    expanded: index.inventory.instances.length <= 20 && enis.length > 0,
    ...(enis.length === 0 ? {} : { children: () => enis.map((eni) => eniRow(index, eni, proofs)) }),
  };
}

/** Instances first, then the interfaces that stand alone. */
function byInstance(index: InventoryIndex, proofs: ProofBook): readonly Row[] {
  const { instances, enis } = index.inventory;
  const attached = new Map<string | undefined, Eni[]>(instances.map(({ id }) => [id, []]));
  const alone: Eni[] = [];
  for (const eni of enis) (attached.get(eni.attachment?.instanceId) ?? alone).push(eni);
  return [
    ...instances.map((instance) => instanceRow(index, instance, attached.get(instance.id) ?? [], proofs)),
    ...alone.map((eni) => eniRow(index, eni, proofs)),
  ];
}

function byVpc(index: InventoryIndex, proofs: ProofBook): readonly Row[] {
  const vpcs = [...index.inventory.vpcs].sort((a, b) => Number(a.isDefault) - Number(b.isDefault));
  return vpcs.map((vpc) => vpcRow(index, vpc, proofs));
}

/** What a Region's row is drawn from. */
export interface RegionFacts {
  readonly region: string;
  /** When it was read; absent where it was not yet. */
  readonly takenAt?: string;
}

/** The row of a Region, and whose it is. */
export function regionRow({ region, takenAt }: RegionFacts, { profile, account }: Whose): Row {
  return {
    id: `region/${region}`,
    target: { kind: 'region', region },
    label: region,
    description: [profile, account].filter(Boolean).join(' · '),
    tooltip: [
      l10n.t('Region: {0}', region),
      ...(account === undefined ? [] : [l10n.t('Account: {0}', account)]),
      ...(profile === '' ? [] : [l10n.t('AWS profile: {0}', profile)]),
      takenAt === undefined
        ? l10n.t('Not read yet: it is read when it is opened')
        : l10n.t('Read at {0}', timeText(new Date(takenAt))),
    ],
    icon: 'globe',
    tokens: [],
    expanded: true,
  };
}

/** What is below a Region: VPC or instance → ENI → address pairs. */
export function networkRows(
  index: InventoryIndex,
  proofs: ProofBook,
  grouping: Grouping = 'vpc',
): readonly Row[] {
  return (grouping === 'vpc' ? byVpc : byInstance)(index, proofs);
}

/** The tree of one Region, from the Region itself on. */
export function regionTree(
  index: InventoryIndex,
  whose: Whose,
  proofs: ProofBook,
  grouping?: Grouping,
): readonly Row[] {
  const row = regionRow(index.inventory, whose);
  return [{ ...row, children: () => networkRows(index, proofs, grouping) }];
}
