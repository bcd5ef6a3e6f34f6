import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { arnOf, partitionOf } from '../../core/aws/partition.ts';
import type { Cloud } from '../cloud.ts';
import type { CommandTargets } from '../contributions.ts';
import { withoutIcons } from '../plainText.ts';
import type { Services } from '../services.ts';
import { cloudOf } from './cloudOf.ts';
import { requireAddress, requireEip } from './lookUp.ts';
import { pickAddress, pickEni } from './pickTarget.ts';

/** Puts a text on the clipboard, and says so. */
export async function copy(text: string, name = text.trim()): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(withoutIcons(l10n.t('Copied {0}', name)), 3000);
}

async function addressOf(
  { clouds }: Services,
  target: CommandTargets['ec2MultiIp.copyAddress'] | undefined,
): Promise<string> {
  const cloud = await cloudOf(clouds, l10n.t('Copy Address'), target);
  const index = await cloud.inventory();
  if (target?.kind === 'eip') return requireEip(index, target.allocationId).publicIp;
  const { address } =
    target === undefined
      ? await pickAddress(index, l10n.t('Copy Address'), () => true)
      : requireAddress(index, target.eniId, target.address);
  // The address that the world sees is the one that gets pasted somewhere.
  return address.association?.publicIp ?? address.address;
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

async function named(cloud: Cloud, title: string, target: Named | undefined): Promise<Named> {
  if (target !== undefined) return target;
  return { kind: 'eni', eniId: (await pickEni(await cloud.inventory(), title, () => true)).id };
}

/** Registers the commands that put an address, an id, an ARN or the IAM policy on the clipboard. */
export function registerCopy(services: Services, extensionUri: vscode.Uri): vscode.Disposable {
  const { boundary, clouds } = services;
  return vscode.Disposable.from(
    boundary.command('ec2MultiIp.copyAddress', async (target) => copy(await addressOf(services, target))),
    boundary.command('ec2MultiIp.copyIamPolicy', async () =>
      copy(await iamPolicy(services, extensionUri), l10n.t('the IAM policy')),
    ),
    boundary.command('ec2MultiIp.copyId', async (target) => {
      const title = l10n.t('Copy ID');
      return copy(idOf(target ?? (await named(await cloudOf(clouds, title, target), title, target))));
    }),
    boundary.command('ec2MultiIp.copyArn', async (target) => {
      const title = l10n.t('Copy ARN');
      const cloud = await cloudOf(clouds, title, target);
      const found = await named(cloud, title, target);
      const ec2 = await cloud.ec2();
      const account = clouds.account ?? (await ec2.callerIdentity()).account;
      return copy(arnOf(ec2.region, account, { kind: found.kind, id: idOf(found) }));
    }),
  );
}
