import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { InventoryIndex } from '../../core/model/inventoryIndex.ts';
import { awsHandlers } from '../../core/plan/changes/awsHandlers.ts';
import { preparePair } from '../../core/plan/preflight.ts';
import type { CommandTargets } from '../contributions.ts';
import type { Services } from '../services.ts';
import { askPick } from '../wizard/askPick.ts';
import { cloudOf } from './cloudOf.ts';
import { requireAddress } from './lookUp.ts';
import { configureNext } from './nextSteps.ts';
import { eipChoice, pickAddress } from './pickTarget.ts';
import type { AddressOnEni } from './pickTarget.ts';

type Target = CommandTargets['ec2MultiIp.pair'] | undefined;

function isFree({ eni, address }: AddressOnEni): boolean {
  return eni.managedBy === undefined && address.association === undefined;
}

async function addressFor(index: InventoryIndex, title: string, target: Target): Promise<AddressOnEni> {
  const fits = (pair: AddressOnEni): boolean => {
    if (target?.kind === 'eni') return isFree(pair) && pair.eni.id === target.eniId;
    return isFree(pair);
  };
  return target?.kind === 'address'
    ? requireAddress(index, target.eniId, target.address)
    : pickAddress(index, title, fits);
}

/** The idle EIP to use, or `undefined` for a new one. */
async function eipFor(index: InventoryIndex, title: string, target: Target): Promise<string | undefined> {
  if (target?.kind === 'eip') return target.allocationId;
  const idle = index.idleEips.filter(({ managedBy }) => managedBy === undefined);
  if (idle.length === 0) return undefined;
  return askPick<string | undefined>(
    { title, step: 1, totalSteps: 1 },
    {
      placeholder: l10n.t('Elastic IP to pair it with'),
      choices: [...idle.map(eipChoice), { label: l10n.t('Allocate a new one'), value: undefined }],
    },
  );
}

/** Registers the command that pairs a private address with an EIP. */
export function registerPair({ boundary, clouds, desk }: Services): vscode.Disposable {
  return boundary.command('ec2MultiIp.pair', async (target) => {
    const title = l10n.t('Pair');
    const cloud = await cloudOf(clouds, title, target);
    const index = await cloud.inventory();
    const { eni, address } = await addressFor(index, title, target);
    const allocationId = await eipFor(index, title, target);
    const ec2 = await cloud.ec2();
    const spec = { networkInterfaceId: eni.id, privateAddress: address.address };
    desk.present({
      title: l10n.t('Pair {0}', address.address),
      plan: await preparePair(ec2, allocationId === undefined ? spec : { ...spec, allocationId }),
      handlers: awsHandlers(ec2),
      next: configureNext(ec2.region, eni.id),
    });
  });
}
