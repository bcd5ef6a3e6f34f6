import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { InventoryIndex } from '../../core/model/inventoryIndex.ts';
import { awsHandlers } from '../../core/plan/changes/awsHandlers.ts';
import { prepareTeardown } from '../../core/plan/preflight.ts';
import { listStacks, planOf } from '../../core/plan/stacks.ts';
import { withoutIcons } from '../plainText.ts';
import { Refusal } from '../refusal.ts';
import type { Services } from '../services.ts';
import type { VpcTarget } from '../target.ts';
import { askPick } from '../wizard/askPick.ts';
import { requireVpc } from './lookUp.ts';

/** The stack to remove: by the plan that made it, so that nothing of anybody else's goes with it. */
async function planToRemove(index: InventoryIndex, target: VpcTarget | undefined): Promise<string> {
  if (target !== undefined) {
    const made = planOf(requireVpc(index, target.vpcId));
    if (made !== undefined) return made;
    throw new Refusal(l10n.t('This VPC was not created here. Only what was created here is torn down.'));
  }
  const stacks = listStacks(index.inventory);
  if (stacks.length === 0) throw new Refusal(l10n.t('Nothing in this Region was created here.'));
  return askPick(
    { title: l10n.t('Tear Down'), step: 1, totalSteps: 1 },
    {
      placeholder: l10n.t('What to tear down'),
      choices: stacks.map(({ planId, name, vpcIds, things }) => ({
        label: withoutIcons(name === '' ? planId : name),
        description: [...vpcIds, l10n.t('resources: {0}', things)].join(' · '),
        value: planId,
      })),
    },
  );
}

/** Registers the command that removes all that one plan has made, in reverse order. */
export function registerTearDown({ boundary, cloud, desk }: Services): vscode.Disposable {
  return boundary.command('ec2MultiIp.tearDown', async (target) => {
    const planId = await planToRemove(await cloud.inventory(), target);
    const ec2 = await cloud.ec2();
    desk.present({
      title: l10n.t('Tear Down'),
      plan: await prepareTeardown(ec2, { planId }),
      handlers: awsHandlers(ec2),
    });
  });
}
