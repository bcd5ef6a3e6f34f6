import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { InventoryIndex } from '../../core/model/inventoryIndex.ts';
import { awsHandlers } from '../../core/plan/changes/awsHandlers.ts';
import { prepareUnpair } from '../../core/plan/preflight.ts';
import type { UnpairSpec } from '../../core/plan/recipes/unpair.ts';
import type { CommandTargets } from '../contributions.ts';
import { Refusal } from '../refusal.ts';
import type { Services } from '../services.ts';
import { askPick } from '../wizard/askPick.ts';
import type { Choice } from '../wizard/askPick.ts';
import { cloudOf } from './cloudOf.ts';
import { askGuest, guestOf, withGuestRemoval } from './guestRemoval.ts';
import { requireAddress, requireEip } from './lookUp.ts';
import { pickAddress } from './pickTarget.ts';
import type { AddressOnEni } from './pickTarget.ts';

type Fate = Pick<UnpairSpec, 'eip' | 'address'>;

function isOurs({ eni, address }: AddressOnEni): boolean {
  return eni.managedBy === undefined && address.association?.allocationId !== undefined;
}

async function pairOf(
  index: InventoryIndex,
  title: string,
  target: CommandTargets['ec2MultiIp.unpair'] | undefined,
): Promise<AddressOnEni> {
  if (target === undefined) return pickAddress(index, title, isOurs);
  if (target.kind === 'address') return requireAddress(index, target.eniId, target.address);
  const { association, publicIp } = requireEip(index, target.allocationId);
  if (association === undefined) throw new Refusal(l10n.t('{0} is paired with nothing.', publicIp));
  return requireAddress(index, association.networkInterfaceId, association.privateAddress);
}

function fates({ primary }: AddressOnEni['address']): readonly Choice<Fate>[] {
  return [
    {
      label: l10n.t('Keep the Elastic IP'),
      description: l10n.t('it goes on costing money'),
      value: { eip: 'keep', address: 'keep' },
    },
    { label: l10n.t('Release the Elastic IP'), value: { eip: 'release', address: 'keep' } },
    ...(primary
      ? []
      : [
          {
            label: l10n.t('Release the Elastic IP and remove the private address'),
            value: { eip: 'release', address: 'remove' } as const,
          },
        ]),
  ];
}

/** Registers the command that takes a pair apart. */
export function registerUnpair(services: Services): vscode.Disposable {
  const { boundary, clouds, desk } = services;
  return boundary.command('ec2MultiIp.unpair', async (target) => {
    const title = l10n.t('Unpair');
    const cloud = await cloudOf(clouds, title, target);
    const index = await cloud.inventory();
    const { eni, address } = await pairOf(index, title, target);
    const fate = await askPick(
      { title, step: 1, totalSteps: 1 },
      { placeholder: l10n.t('What is to become of the Elastic IP?'), choices: fates(address) },
    );
    const ec2 = await cloud.ec2();
    const spec = { networkInterfaceId: eni.id, privateAddress: address.address, ...fate };
    const plan = await prepareUnpair(ec2, spec);
    const holder = spec.address === 'remove' ? guestOf(index, [spec], services) : undefined;
    const isGuest = holder !== undefined && (await askGuest({ title, step: 1, totalSteps: 1 }, holder, true));
    desk.present({
      title: l10n.t('Unpair {0}', address.address),
      ...(isGuest
        ? await withGuestRemoval(plan, holder, [address.address], services)
        : { plan, handlers: awsHandlers(ec2) }),
    });
  });
}
