import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { Ec2 } from '../../core/aws/ec2.ts';
import { readInstanceType } from '../../core/aws/offers.ts';
import type { InventoryIndex } from '../../core/model/inventoryIndex.ts';
import type { Eni } from '../../core/model/network.ts';
import { awsHandlers } from '../../core/plan/changes/awsHandlers.ts';
import { prepareAddPairs } from '../../core/plan/preflight.ts';
import type { AddPairsSpec } from '../../core/plan/recipes/addPairs.ts';
import type { Services } from '../services.ts';
import { eniTitle } from '../tree/labels.ts';
import { runWizard } from '../wizard/wizard.ts';
import type { Step } from '../wizard/wizard.ts';
import { askAddresses } from './askAddresses.ts';
import { cloudOf } from './cloudOf.ts';
import { askEips } from './eipQuestions.ts';
import { requireEni } from './lookUp.ts';
import { configureNext } from './nextSteps.ts';
import { pickEni } from './pickTarget.ts';

/** So many more addresses fit: what the type takes, what the subnet has left; nothing where no limit is known. */
async function mostOf(ec2: Ec2, index: InventoryIndex, eni: Eni): Promise<number> {
  const { type } = index.instances.get(eni.attachment?.instanceId ?? '') ?? {};
  const free = index.subnets.get(eni.subnetId)?.freeAddresses ?? 0;
  if (type === undefined) return free;
  const { addressesPerInterface } = await readInstanceType(ec2, type);
  const held = eni.addresses.length + (eni.prefixes?.length ?? 0);
  return Math.max(0, Math.min(free, addressesPerInterface - held));
}

function askWhich(index: InventoryIndex, eni: Eni, most: number): Step<AddPairsSpec> {
  const cidr = index.subnets.get(eni.subnetId)?.cidr ?? '';
  return async (spec, place) => {
    const prompt = l10n.t(
      'How many addresses, or which ones of {0}, to add to {1}; at most {2} fit',
      cidr,
      eniTitle(eni),
      most,
    );
    const { subnetId } = eni;
    return {
      ...spec,
      addresses: await askAddresses(place, index, { subnetId, prompt, value: spec.addresses }),
    };
  };
}

function wantedBy({ addresses }: AddPairsSpec): number {
  return 'explicit' in addresses ? addresses.explicit.length : addresses.count;
}

/** Registers the command that adds secondary addresses with an EIP each to an ENI. */
export function registerAddPairs({ boundary, clouds, desk }: Services): vscode.Disposable {
  return boundary.command('ec2MultiIp.addPairs', async (target) => {
    const title = l10n.t('Add Secondary IP + EIP');
    const cloud = await cloudOf(clouds, title, target);
    const index = await cloud.inventory();
    const eni =
      target === undefined
        ? await pickEni(index, title, ({ managedBy }) => managedBy === undefined)
        : requireEni(index, target.eniId);
    const ec2 = await cloud.ec2();
    const steps = [askWhich(index, eni, await mostOf(ec2, index, eni)), askEips(index, wantedBy)];
    const defaults: AddPairsSpec = { networkInterfaceId: eni.id, addresses: { count: 1 } };
    const spec = await runWizard(title, steps, defaults);
    desk.present({
      title: l10n.t('Add Addresses to “{0}”', eniTitle(eni)),
      plan: await prepareAddPairs(ec2, spec),
      handlers: awsHandlers(ec2),
      next: configureNext(ec2.region, eni.id),
    });
  });
}
