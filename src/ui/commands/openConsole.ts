import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { consoleUrl } from '../../core/aws/partition.ts';
import type { NamedThing } from '../../core/aws/partition.ts';
import type { Cloud } from '../cloud.ts';
import type { CommandTargets } from '../contributions.ts';
import type { Services } from '../services.ts';
import { cloudOf } from './cloudOf.ts';
import { idOf } from './copy.ts';
import { requireAddress } from './lookUp.ts';
import { pickEni } from './pickTarget.ts';

/** Opens an address outside of VS Code. */
export type OpenExternal = (uri: vscode.Uri) => Thenable<unknown>;

async function thingOf(
  cloud: Cloud,
  target: CommandTargets['ec2MultiIp.openConsole'] | undefined,
): Promise<NamedThing> {
  if (target?.kind === 'region') return { kind: 'region' };
  const index = await cloud.inventory();
  if (target === undefined) {
    return { kind: 'eni', id: (await pickEni(index, l10n.t('Open in AWS Console'), () => true)).id };
  }
  if (target.kind !== 'address') return { kind: target.kind, id: idOf(target) };
  const { eni, address } = requireAddress(index, target.eniId, target.address);
  const allocationId = address.association?.allocationId;
  return allocationId === undefined ? { kind: 'eni', id: eni.id } : { kind: 'eip', id: allocationId };
}

/** Registers the command that shows a thing in AWS's console. */
export function registerOpenConsole(
  services: Services,
  openExternal: OpenExternal = (uri) => vscode.env.openExternal(uri),
): vscode.Disposable {
  return services.boundary.command('ec2MultiIp.openConsole', async (target) => {
    const cloud = await cloudOf(services.clouds, l10n.t('Open in AWS Console'), target);
    const { region } = await cloud.ec2();
    await openExternal(vscode.Uri.parse(consoleUrl(region, await thingOf(cloud, target)), true));
  });
}
