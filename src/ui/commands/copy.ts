import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CommandTargets } from '../contributions.ts';
import type { Services } from '../services.ts';
import { requireAddress, requireEip } from './lookUp.ts';
import { pickAddress, pickEni } from './pickTarget.ts';

async function copy(text: string, name = text): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(l10n.t('Copied {0}', name), 3000);
}

async function addressOf(
  { cloud }: Services,
  target: CommandTargets['ec2MultiIp.copyAddress'] | undefined,
): Promise<string> {
  const index = await cloud.inventory();
  if (target?.kind === 'eip') return requireEip(index, target.allocationId).publicIp;
  const { address } =
    target === undefined
      ? await pickAddress(index, l10n.t('Copy Address'), () => true)
      : requireAddress(index, target.eniId, target.address);
  // The address that the world sees is the one that gets pasted somewhere.
  return address.association?.publicIp ?? address.address;
}

function idOf(target: NonNullable<CommandTargets['ec2MultiIp.copyId']>): string {
  switch (target.kind) {
    case 'vpc':
      return target.vpcId;
    case 'eni':
      return target.eniId;
    case 'eip':
      return target.allocationId;
  }
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** The least rights that the commands need, for the partition that the Region belongs to. */
async function iamPolicy({ cloud }: Services, extensionUri: vscode.Uri): Promise<string> {
  const file = vscode.Uri.joinPath(extensionUri, 'media', 'iam-policy.json');
  const bytes = await vscode.workspace.fs.readFile(file);
  // It is copied by people, too, whose credentials open nothing yet.
  const region = await cloud.ec2().then(
    (ec2) => ec2.region,
    () => '',
  );
  return new TextDecoder().decode(bytes).replaceAll('arn:aws:', `arn:${partitionOf(region)}:`);
}

/** Registers the commands that put an address, an id or the IAM policy on the clipboard. */
export function registerCopy(services: Services, extensionUri: vscode.Uri): vscode.Disposable {
  const { boundary, cloud } = services;
  return vscode.Disposable.from(
    boundary.command('ec2MultiIp.copyAddress', async (target) => copy(await addressOf(services, target))),
    boundary.command('ec2MultiIp.copyIamPolicy', async () =>
      copy(await iamPolicy(services, extensionUri), l10n.t('the IAM policy')),
    ),
    boundary.command('ec2MultiIp.copyId', async (target) => {
      if (target !== undefined) return copy(idOf(target));
      return copy((await pickEni(await cloud.inventory(), l10n.t('Copy ID'), () => true)).id);
    }),
  );
}
