import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { readReverseDns } from '../../core/aws/reverseDns.ts';
import type { InventoryIndex } from '../../core/model/inventoryIndex.ts';
import type { Eip } from '../../core/model/network.ts';
import { awsHandlers } from '../../core/plan/changes/awsHandlers.ts';
import { prepareMove, prepareReleaseEips, prepareReverseDns } from '../../core/plan/preparations.ts';
import { checkDomainName } from '../../core/plan/recipes/reverseDns.ts';
import type { CommandTargets } from '../contributions.ts';
import { Refusal } from '../refusal.ts';
import type { Services } from '../services.ts';
import { askMany } from '../wizard/askMany.ts';
import { askPick } from '../wizard/askPick.ts';
import { askText } from '../wizard/askText.ts';
import { problemOf } from '../wizard/problem.ts';
import { cloudOf } from './cloudOf.ts';
import { requireAddress, requireEip } from './lookUp.ts';
import { eipChoice, pickAddress } from './pickTarget.ts';

type EipCommand = CommandTargets['ec2MultiIp.moveEip'] | undefined;

/** The EIP that a command is about: the row's own or its address's, else one that is picked. */
async function eipFor(
  index: InventoryIndex,
  title: string,
  target: EipCommand,
  fits: (eip: Eip) => boolean,
): Promise<Eip> {
  if (target?.kind === 'eip') return requireEip(index, target.allocationId);
  if (target?.kind === 'address') {
    const { address } = requireAddress(index, target.eniId, target.address);
    return requireEip(index, address.association?.allocationId ?? '');
  }
  const eips = index.inventory.eips.filter((eip) => eip.managedBy === undefined && fits(eip));
  if (eips.length === 0) throw new Refusal(l10n.t('There is no Elastic IP that this can be done with.'));
  const choices = eips.map((eip) => ({ ...eipChoice(eip), value: eip }));
  return askPick({ title, step: 1, totalSteps: 1 }, { placeholder: l10n.t('Elastic IP'), choices });
}

function registerMove({ boundary, clouds, desk }: Services): vscode.Disposable {
  return boundary.command('ec2MultiIp.moveEip', async (target) => {
    const title = l10n.t('Move Elastic IP');
    const cloud = await cloudOf(clouds, title, target);
    const index = await cloud.inventory();
    const eip = await eipFor(index, title, target, ({ association }) => association !== undefined);
    const { eni, address } = await pickAddress(
      index,
      title,
      (pair) => pair.eni.managedBy === undefined && pair.address.association === undefined,
    );
    const ec2 = await cloud.ec2();
    const to = { networkInterfaceId: eni.id, privateAddress: address.address };
    desk.present({
      title: l10n.t('Move {0}', eip.publicIp),
      plan: await prepareMove(ec2, { allocationId: eip.allocationId, to }),
      handlers: awsHandlers(ec2),
    });
  });
}

function registerRelease({ boundary, clouds, desk }: Services): vscode.Disposable {
  return boundary.command('ec2MultiIp.releaseEips', async (target, all = []) => {
    const title = l10n.t('Release Elastic IPs');
    const cloud = await cloudOf(clouds, title, target, all);
    const index = await cloud.inventory();
    const idle = index.idleEips.filter(({ managedBy }) => managedBy === undefined);
    if (idle.length === 0) throw new Refusal(l10n.t('No Elastic IP is idle: each one serves something.'));
    const chosen = new Set([target, ...all].flatMap((eip) => eip?.allocationId ?? []));
    const allocationIds = await askMany(
      { title, step: 1, totalSteps: 1 },
      {
        placeholder: l10n.t('Idle Elastic IPs to give back'),
        choices: idle.map(eipChoice),
        selected: (id) => chosen.size === 0 || chosen.has(id),
      },
    );
    const ec2 = await cloud.ec2();
    const plan = await prepareReleaseEips(ec2, { allocationIds });
    desk.present({ title, plan, handlers: awsHandlers(ec2) });
  });
}

function registerReverseDns({ boundary, clouds, desk }: Services): vscode.Disposable {
  return boundary.command('ec2MultiIp.reverseDns', async (target) => {
    const title = l10n.t('Reverse DNS');
    const cloud = await cloudOf(clouds, title, target);
    const index = await cloud.inventory();
    const { allocationId, publicIp } = await eipFor(index, title, target, () => true);
    const ec2 = await cloud.ec2();
    const current = (await readReverseDns(ec2)).get(allocationId);
    const domainName = await askText(
      { title, step: 1, totalSteps: 1 },
      {
        prompt: l10n.t('Name that {0} is to have; its A record must point there. Empty: none.', publicIp),
        value: current ?? '',
        placeholder: 'mail.example.com',
        problem: (value) =>
          value === ''
            ? undefined
            : problemOf(() => {
                checkDomainName(value);
              }),
      },
    );
    const spec = domainName === '' ? { allocationId } : { allocationId, domainName };
    desk.present({
      title: l10n.t('Reverse DNS of {0}', publicIp),
      plan: await prepareReverseDns(ec2, spec),
      handlers: awsHandlers(ec2),
    });
  });
}

/** Registers the commands that are about EIPs alone: move, release, and reverse DNS. */
export function registerEips(services: Services): vscode.Disposable {
  return vscode.Disposable.from(
    registerMove(services),
    registerRelease(services),
    registerReverseDns(services),
  );
}
