import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { InventoryIndex } from '../../core/model/inventoryIndex.ts';
import { awsHandlers } from '../../core/plan/changes/awsHandlers.ts';
import { prepareTeardown } from '../../core/plan/preflight.ts';
import {
  type ForeignThing,
  type TeardownScope,
  foreignThings,
} from '../../core/plan/recipes/teardownSelection.ts';
import { listStacks, planOf } from '../../core/plan/stacks.ts';
import { thing } from '../../words/errors/thing.ts';
import { Cancelled } from '../cancelled.ts';
import { withoutLinks } from '../plainText.ts';
import { Refusal } from '../refusal.ts';
import type { Services } from '../services.ts';
import type { VpcTarget } from '../target.ts';
import { titleOf } from '../tree/labels.ts';
import { askPick } from '../wizard/askPick.ts';
import { cloudOf } from './cloudOf.ts';
import { requireVpc } from './lookUp.ts';

/** What is to be removed: what a plan made, and the VPCs that it is in. */
interface Removal {
  readonly title: string;
  readonly planId?: string;
  readonly vpcIds: readonly string[];
}

function stackRemovals({ inventory }: InventoryIndex): readonly (Removal & { readonly things: number })[] {
  return listStacks(inventory).map(({ name, ...stack }) => ({
    ...stack,
    title: name === '' ? stack.planId : name,
  }));
}

/** What to remove: by the plan that made it, or a VPC that no plan made. */
async function removalOf(index: InventoryIndex, target: VpcTarget | undefined): Promise<Removal> {
  const stacks = stackRemovals(index);
  if (target !== undefined) {
    const vpc = requireVpc(index, target.vpcId);
    const made = planOf(vpc);
    return stacks.find(({ planId }) => planId === made) ?? { title: titleOf(vpc), vpcIds: [vpc.id] };
  }
  const others = index.inventory.vpcs.filter((vpc) => planOf(vpc) === undefined && !vpc.isDefault);
  if (stacks.length + others.length === 0) {
    throw new Refusal(l10n.t('Nothing in this Region was created here.'));
  }
  return askPick<Removal>(
    { title: l10n.t('Tear Down'), step: 1, totalSteps: 1 },
    {
      placeholder: l10n.t('What to tear down'),
      choices: [
        ...stacks.map((stack) => ({
          label: stack.title,
          description: [...stack.vpcIds, l10n.t('resources: {0}', stack.things)].join(' · '),
          value: stack,
        })),
        ...others.map((vpc) => ({
          label: titleOf(vpc),
          description: [vpc.id, l10n.t('not created here')].join(' · '),
          value: { title: titleOf(vpc), vpcIds: [vpc.id] },
        })),
      ],
    },
  );
}

function lineOf({ what, id, name }: ForeignThing): string {
  // A line each: a name that has lines of its own is not to pass for others.
  return [thing(what), id, ...(name === undefined ? [] : [`“${name.replaceAll(/\s+/g, ' ')}”`])].join(' ');
}

/** Names what others made and would go too; gives what may be removed then. */
async function scopeOf({ planId, vpcIds }: Removal, index: InventoryIndex): Promise<TeardownScope> {
  const [vpcId = ''] = vpcIds;
  const foreign = vpcIds.length === 1 ? foreignThings(vpcId, index) : [];
  if (planId !== undefined && foreign.length === 0) return { planId };
  const goOn = l10n.t('Plan Their Removal');
  const chosen = await vscode.window.showWarningMessage(
    withoutLinks(l10n.t('These were not created here, and would go with {0}:', vpcId)),
    { modal: true, detail: withoutLinks(foreign.map(lineOf).join('\n')) },
    goOn,
  );
  if (chosen !== goOn) throw new Cancelled();
  return { vpcId, named: foreign.map(({ id }) => id) };
}

/** Registers the command that removes all that one plan has made, or all that is in a VPC, in reverse order. */
export function registerTearDown({ boundary, clouds, desk }: Services): vscode.Disposable {
  return boundary.command('ec2MultiIp.tearDown', async (target) => {
    const cloud = await cloudOf(clouds, l10n.t('Tear Down'), target);
    const index = await cloud.inventory();
    const removal = await removalOf(index, target);
    const scope = await scopeOf(removal, index);
    const ec2 = await cloud.ec2();
    desk.present({
      title: l10n.t('Tear Down “{0}”', removal.title),
      plan: await prepareTeardown(ec2, scope),
      handlers: awsHandlers(ec2),
    });
  });
}
