import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { arnOf, partitionOf } from '../../core/aws/partition.ts';
import type { InventoryIndex } from '../../core/model/inventoryIndex.ts';
import type { Cloud } from '../cloud.ts';
import type { CommandTargets } from '../contributions.ts';
import { withoutIcons } from '../plainText.ts';
import type { Services } from '../services.ts';
import { selectionOf } from '../target.ts';
import { cloudOf } from './cloudOf.ts';
import { requireAddress, requireEip } from './lookUp.ts';
import { pickAddress, pickEni } from './pickTarget.ts';
import type { AddressOnEni } from './pickTarget.ts';

/** Puts a text on the clipboard, and says so. */
export async function copy(text: string, name = text.trim()): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(withoutIcons(l10n.t('Copied {0}', name)), 3000);
}

/** Puts a line for each thing on the clipboard. */
function copyLines(lines: readonly string[]): Promise<void> {
  const each = [...new Set(lines)];
  return copy(each.join('\n'), each.join(', '));
}

type Addressed = CommandTargets['ec2MultiIp.copyAddress'];

function addressOf(index: InventoryIndex, target: Addressed): string {
  if (target.kind === 'eip') return requireEip(index, target.allocationId).publicIp;
  return shownAddress(requireAddress(index, target.eniId, target.address));
}

/** The address that the world sees is the one that gets pasted somewhere. */
function shownAddress({ address }: AddressOnEni): string {
  return address.association?.publicIp ?? address.address;
}

async function addressesOf(
  { clouds }: Services,
  target: Addressed | undefined,
  all: readonly Addressed[] | undefined,
): Promise<readonly string[]> {
  const title = l10n.t('Copy Address');
  const index = await (await cloudOf(clouds, title, target, all)).inventory();
  const targets = [...selectionOf(target, all)];
  if (targets.length > 0) return targets.map((each) => addressOf(index, each));
  return [shownAddress(await pickAddress(index, title, () => true))];
}

/** The id of what a row stands for. */
export function idOf(target: NonNullable<CommandTargets['ec2MultiIp.copyId']>): string {
  switch (target.kind) {
    case 'vpc':
      return target.vpcId;
    case 'instance':
      return target.instanceId;
    case 'eni':
      return target.eniId;
    case 'eip':
      return target.allocationId;
  }
}

/** The least rights that the commands need, for the partition that the Region belongs to. */
async function iamPolicy({ clouds }: Services, extensionUri: vscode.Uri): Promise<string> {
  const file = vscode.Uri.joinPath(extensionUri, 'media', 'iam-policy.json');
  const bytes = await vscode.workspace.fs.readFile(file);
  // It is copied by people, too, whose credentials open nothing yet.
  const region = await clouds.main.ec2().then(
    (ec2) => ec2.region,
    () => '',
  );
  return new TextDecoder().decode(bytes).replaceAll('arn:aws:', `arn:${partitionOf(region).id}:`);
}

type Named = NonNullable<CommandTargets['ec2MultiIp.copyId']>;

async function named(
  { clouds }: Services,
  title: string,
  target: Named | undefined,
  all: readonly Named[] | undefined,
): Promise<{ readonly cloud: Cloud; readonly things: readonly Named[] }> {
  const cloud = await cloudOf(clouds, title, target, all);
  const things = [...selectionOf(target, all)];
  if (things.length > 0) return { cloud, things };
  const { id } = await pickEni(await cloud.inventory(), title, () => true);
  return { cloud, things: [{ kind: 'eni', eniId: id }] };
}

/** Registers the commands that put addresses, ids, ARNs or the IAM policy on the clipboard. */
export function registerCopy(services: Services, extensionUri: vscode.Uri): vscode.Disposable {
  const { boundary, clouds } = services;
  return vscode.Disposable.from(
    boundary.command('ec2MultiIp.copyAddress', async (target, all) =>
      copyLines(await addressesOf(services, target, all)),
    ),
    boundary.command('ec2MultiIp.copyIamPolicy', async () =>
      copy(await iamPolicy(services, extensionUri), l10n.t('the IAM policy')),
    ),
    boundary.command('ec2MultiIp.copyId', async (target, all) => {
      const { things } = await named(services, l10n.t('Copy ID'), target, all);
      return copyLines(things.map(idOf));
    }),
    boundary.command('ec2MultiIp.copyArn', async (target, all) => {
      const { cloud, things } = await named(services, l10n.t('Copy ARN'), target, all);
      const ec2 = await cloud.ec2();
      const account = clouds.account ?? (await ec2.callerIdentity()).account;
      return copyLines(things.map((it) => arnOf(ec2.region, account, { kind: it.kind, id: idOf(it) })));
    }),
  );
}
