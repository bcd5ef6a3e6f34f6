import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { isExpected } from '../../core/base/errors.ts';
import { bootOf, waitForBoot } from '../../core/guest/boot.ts';
import type { InventoryIndex } from '../../core/model/inventoryIndex.ts';
import type { Eni, Instance } from '../../core/model/network.ts';
import { awsHandlers } from '../../core/plan/changes/awsHandlers.ts';
import { prepareRestart } from '../../core/plan/preparations.ts';
import { losesPublicAddress } from '../../core/plan/recipes/restart.ts';
import type { RestartSpec } from '../../core/plan/recipes/restart.ts';
import type { OpenShell } from '../../core/ssh/shell.ts';
import { signalOf } from '../cancellation.ts';
import { requireInstance } from '../guest/access.ts';
import { withoutLinks } from '../plainText.ts';
import type { Services } from '../services.ts';
import { titleOf } from '../tree/labels.ts';
import type { ValidationPanels } from '../validation/validationPanel.ts';
import { askPick } from '../wizard/askPick.ts';

/** Longer than any boot of a virtual machine that is well, a check of its disks included. */
const BOOT_MILLISECONDS = 300_000;

function askHow(index: InventoryIndex, instance: Instance): Promise<RestartSpec['how']> {
  const warning = losesPublicAddress(index, instance.id)
    ? `$(warning) ${l10n.t('Its primary address has no Elastic IP: after a stop it can be reached no more as now. Pair it first.')}`
    : l10n.t('Starts on other hardware. Elastic IPs stay; instance store volumes are lost.');
  return askPick(
    { title: l10n.t('Reboot and Prove Again'), step: 1, totalSteps: 1 },
    {
      placeholder: l10n.t('How “{0}” is to begin anew', titleOf(instance)),
      choices: [
        {
          label: l10n.t('Reboot'),
          detail: l10n.t('Addresses and disks stay. It is away for a minute or so.'),
          value: 'reboot',
        },
        { label: l10n.t('Stop and Start'), detail: warning, value: 'stopAndStart' },
      ],
    },
  );
}

/** Shows the plan that lets an instance begin anew; once that is applied, all of its pairs are proven again. */
export async function presentRestart(
  { clouds, desk, access }: Services,
  panels: ValidationPanels,
  index: InventoryIndex,
  eni: Eni,
): Promise<void> {
  const instance = requireInstance(index, eni);
  const how = await askHow(index, instance);
  const open = await wayIn(async () => (await access.connectionsTo(index, eni)).open);
  const before = open === undefined ? undefined : await wayIn(() => bootOf(open));
  const ec2 = await (await clouds.inRegion(index.inventory.region)).ec2();
  desk.present({
    title: l10n.t('Restart “{0}”', titleOf(instance)),
    plan: await prepareRestart(ec2, { instanceId: instance.id, how }),
    handlers: awsHandlers(ec2),
    then: async () => {
      if (open !== undefined) await awaitBoot(instance, open, before);
      await panels.test(instance.eniIds, ec2.region);
    },
  });
}

/** A guest that nobody can log in to restarts as well; the proof says then what is wrong. */
async function wayIn<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (isExpected(error)) return undefined;
    throw error;
  }
}

async function awaitBoot(instance: Instance, open: OpenShell, before: string | undefined): Promise<void> {
  await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: withoutLinks(l10n.t('Waiting until {0} has booted', titleOf(instance))),
      cancellable: true,
    },
    async (_progress, token) => {
      const signal = signalOf(token);
      // One that does not come back, or is not waited for, is for the proof to judge.
      await wayIn(() => waitForBoot(open, before, { milliseconds: BOOT_MILLISECONDS, signal })).catch(
        (error: unknown) => {
          if (!signal.aborted) throw error;
        },
      );
    },
  );
}
