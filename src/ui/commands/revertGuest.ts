import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ConfigureGuest } from '../../core/guest/configureGuest.ts';
import { configureGuestHandler } from '../../core/guest/handler.ts';
import { planGuestRevert } from '../../core/guest/planGuest.ts';
import { lastChangeReverted } from '../../core/guest/transaction/last.ts';
import type { OpenShell } from '../../core/ssh/shell.ts';
import { signalOf } from '../cancellation.ts';
import { requireInstance } from '../guest/access.ts';
import { ConfirmationWatch } from '../guest/confirmationWatch.ts';
import type { ProposalDocuments } from '../guest/proposalDocuments.ts';
import { withoutLinks } from '../plainText.ts';
import type { PlanAction } from '../plan/planDesk.ts';
import type { Services } from '../services.ts';
import { instanceOf, titleOf } from '../tree/labels.ts';
import { cloudOf } from './cloudOf.ts';
import { requireEni } from './lookUp.ts';
import { pickEni } from './pickTarget.ts';

/** Reads what the guest remembers of its last change; nothing is changed. */
function readLast(open: OpenShell, name: string): Thenable<ConfigureGuest> {
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: withoutLinks(l10n.t('Looking for the last change of {0}', name)),
      cancellable: true,
    },
    async (_, token) => {
      const signal = signalOf(token);
      const shell = await open(signal);
      try {
        return await lastChangeReverted(shell, signal);
      } finally {
        shell.close();
      }
    },
  );
}

/** Registers the command that takes back what was last changed in a guest, at any later time. */
export function registerRevertGuest(services: Services, documents: ProposalDocuments): vscode.Disposable {
  const { boundary, clouds, desk, access } = services;
  return boundary.command('ec2MultiIp.revertGuest', async (target) => {
    const cloud = await cloudOf(clouds, l10n.t('Revert Last Guest Change'), target);
    const index = await cloud.refresh();
    const eni =
      target === undefined
        ? await pickEni(
            index,
            l10n.t('Revert Last Guest Change'),
            (candidate) => instanceOf(index, candidate)?.state === 'running',
          )
        : requireEni(index, target.eniId);
    const instance = requireInstance(index, eni);
    const connections = await access.connectionsTo(index, eni);
    const change = await readLast(connections.kept.open, titleOf(instance));
    // The guest says what, and never to whom: a clone's record names another instance.
    const plan = planGuestRevert({
      region: index.inventory.region,
      change: { ...change, instanceId: instance.id },
    });
    const title = l10n.t('Revert Last Guest Change of “{0}”', titleOf(instance));
    const look: PlanAction = {
      label: l10n.t('Show Difference'),
      run: () => documents.show(title, plan.id, change.files),
    };
    if (change.files.length > 0) await look.run(new Map());
    const confirmation = new ConfirmationWatch();
    desk.present({
      title,
      plan,
      handlers: { configureGuest: configureGuestHandler({ ...connections, onWindow: confirmation.take }) },
      confirmation,
      ...(change.files.length > 0 && { look, column: vscode.ViewColumn.Beside }),
      over: () => {
        connections.kept.end();
        return documents.close(title);
      },
    });
  });
}
