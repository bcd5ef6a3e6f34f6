import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { configureGuestHandler } from '../../core/guest/handler.ts';
import { planGuest } from '../../core/guest/planGuest.ts';
import { proposeGuestPatch } from '../../core/guest/proposal.ts';
import type { GuestProposal } from '../../core/guest/proposal.ts';
import { readGuest } from '../../core/guest/readGuest.ts';
import type { InventoryIndex } from '../../core/model/inventoryIndex.ts';
import type { Eni } from '../../core/model/network.ts';
import type { OpenShell } from '../../core/ssh/shell.ts';
import { signalOf } from '../cancellation.ts';
import { requireInstance } from '../guest/access.ts';
import { ConfirmationWatch } from '../guest/confirmationWatch.ts';
import { openPatiently } from '../guest/patience.ts';
import type { ProposalDocuments } from '../guest/proposalDocuments.ts';
import type { PlanAction } from '../plan/planDesk.ts';
import type { Services } from '../services.ts';
import { instanceOf, titleOf } from '../tree/labels.ts';
import { requireEni } from './lookUp.ts';
import { validateNext } from './nextSteps.ts';
import { pickEni } from './pickTarget.ts';

/** Reads the guest and works out what it needs; nothing is changed. */
function propose(index: InventoryIndex, eni: Eni, open: OpenShell): Thenable<GuestProposal> {
  const instance = requireInstance(index, eni);
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: l10n.t('Reading the network configuration of {0}', titleOf(instance)),
      cancellable: true,
    },
    async (progress, token) => {
      const signal = signalOf(token);
      const shell = await openPatiently(open, signal, () => {
        progress.report({ message: l10n.t('no answer yet, it may still be starting') });
      });
      try {
        const addresses = eni.addresses.filter(({ primary }) => !primary).map(({ address }) => address);
        const facts = await readGuest(shell, signal);
        return proposeGuestPatch(facts, { mac: eni.mac, addresses, instanceId: instance.id });
      } finally {
        shell.close();
      }
    },
  );
}

/** Registers the command that tells a guest's OS about its secondary addresses. */
export function registerConfigureGuest(services: Services, documents: ProposalDocuments): vscode.Disposable {
  const { boundary, cloud, desk, access } = services;
  return boundary.command('ec2MultiIp.configureGuest', async (target) => {
    const index = await cloud.refresh();
    const eni =
      target === undefined
        ? await pickEni(index, l10n.t('Configure Guest OS'), (candidate) => isRunning(index, candidate))
        : requireEni(index, target.eniId);
    const instance = requireInstance(index, eni);
    const connections = await access.connectionsTo(index, eni);
    const proposal = await propose(index, eni, connections.open);
    const { region } = index.inventory;
    const plan = planGuest({ instanceId: instance.id, region, proposal, through: throughOf(eni) });
    const confirmation = new ConfirmationWatch();
    const title = l10n.t('Configure Guest OS of “{0}”', titleOf(instance));
    const look: PlanAction = {
      label: l10n.t('Show Difference'),
      run: () => documents.show(title, plan.id, proposal.files),
    };
    if (proposal.files.length > 0) await look.run(new Map());
    desk.present({
      title,
      plan,
      handlers: { configureGuest: configureGuestHandler({ ...connections, onWindow: confirmation.take }) },
      confirmation,
      next: validateNext(eni.id),
      ...(proposal.files.length === 0
        ? {}
        : { look, column: vscode.ViewColumn.Beside, over: () => documents.close(title) }),
    });
  });
}

/** The ways to its addresses from outside. */
function throughOf(eni: Eni): { readonly address: string; readonly publicIp: string }[] {
  return eni.addresses.flatMap(({ address, association }) =>
    association === undefined ? [] : [{ address, publicIp: association.publicIp }],
  );
}

function isRunning(index: InventoryIndex, eni: Eni): boolean {
  return instanceOf(index, eni)?.state === 'running';
}
