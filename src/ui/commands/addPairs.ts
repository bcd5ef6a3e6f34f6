import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import { checkAddresses, nextFreeAddresses, parseAddress, parseCidr } from '../../core/model/addresses.ts';
import type { InventoryIndex } from '../../core/model/inventoryIndex.ts';
import type { Eni } from '../../core/model/network.ts';
import { awsHandlers } from '../../core/plan/changes/awsHandlers.ts';
import { prepareAddPairs } from '../../core/plan/preflight.ts';
import type { AddPairsSpec } from '../../core/plan/recipes/addPairs.ts';
import type { Services } from '../services.ts';
import { eniTitle } from '../tree/labels.ts';
import { askPick } from '../wizard/askPick.ts';
import { askText } from '../wizard/askText.ts';
import { problemOf } from '../wizard/problem.ts';
import { runWizard } from '../wizard/wizard.ts';
import type { Step } from '../wizard/wizard.ts';
import { words } from './lists.ts';
import { requireEni } from './lookUp.ts';
import { configureNext } from './nextSteps.ts';
import { eipChoice, pickEni } from './pickTarget.ts';

function firstFree(index: InventoryIndex, eni: Eni, cidr: string): string {
  const highest = Math.max(...eni.addresses.map(({ address }) => parseAddress(address)));
  return nextFreeAddresses(parseCidr(cidr), 1, index.holdersInSubnet(eni.subnetId), highest).join(', ');
}

function askAddresses(index: InventoryIndex, eni: Eni): Step<AddPairsSpec> {
  const cidr = index.subnets.get(eni.subnetId)?.cidr ?? '';
  return async (spec, place) => {
    const text = await askText(place, {
      prompt: l10n.t('Secondary addresses in {0} to add to {1}', cidr, eniTitle(eni)),
      value: 'explicit' in spec.addresses ? spec.addresses.explicit.join(', ') : firstFree(index, eni, cidr),
      problem: (value) =>
        words(value).length === 0
          ? l10n.t('Write at least one address of {0}.', cidr)
          : problemOf(() => {
              checkAddresses(words(value), parseCidr(cidr), index.holdersInSubnet(eni.subnetId));
            }),
    });
    return { ...spec, addresses: { explicit: words(text) } };
  };
}

/** Asks whether idle EIPs are to be used; nothing to ask where there are too few. */
function askEips(index: InventoryIndex): Step<AddPairsSpec> {
  return async (spec, place) => {
    const wanted = 'explicit' in spec.addresses ? spec.addresses.explicit.length : spec.addresses.count;
    const idle = index.idleEips.filter(({ managedBy }) => managedBy === undefined);
    const { eips, ...withNew } = spec;
    if (idle.length < wanted) return withNew;
    const useIdle = await askPick(place, {
      placeholder: l10n.t('Elastic IPs for the new addresses'),
      choices: [
        { label: l10n.t('Allocate new ones'), value: false },
        {
          label: l10n.t('Use idle ones'),
          description: idle
            .slice(0, wanted)
            .map((eip) => eipChoice(eip).label)
            .join(', '),
          value: true,
        },
      ],
      selected: (value) => value === (eips !== undefined),
    });
    return useIdle
      ? { ...spec, eips: idle.slice(0, wanted).map(({ allocationId }) => allocationId) }
      : withNew;
  };
}

/** Registers the command that adds secondary addresses with an EIP each to an ENI. */
export function registerAddPairs({ boundary, cloud, desk }: Services): vscode.Disposable {
  return boundary.command('ec2MultiIp.addPairs', async (target) => {
    const title = l10n.t('Add Secondary IP + EIP');
    const index = await cloud.inventory();
    const eni =
      target === undefined
        ? await pickEni(index, title, ({ managedBy }) => managedBy === undefined)
        : requireEni(index, target.eniId);
    const spec = await runWizard(title, [askAddresses(index, eni), askEips(index)], {
      networkInterfaceId: eni.id,
      addresses: { count: 1 },
    });
    const ec2 = await cloud.ec2();
    desk.present({
      title: l10n.t('Add Addresses to “{0}”', eniTitle(eni)),
      plan: await prepareAddPairs(ec2, spec),
      handlers: awsHandlers(ec2),
      next: configureNext(eni.id),
    });
  });
}
