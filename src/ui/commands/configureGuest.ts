import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { GuestFacts } from '../../core/guest/facts.ts';
import { configureGuestHandler } from '../../core/guest/handler.ts';
import { keeperOf } from '../../core/guest/keeper.ts';
import { planGuest } from '../../core/guest/planGuest.ts';
import type { GuestProposal } from '../../core/guest/proposal.ts';
import { proposerOf } from '../../core/guest/proposer.ts';
import type { Proposer } from '../../core/guest/proposer.ts';
import type { InventoryIndex } from '../../core/model/inventoryIndex.ts';
import type { Eni } from '../../core/model/network.ts';
import { requireInstance } from '../guest/access.ts';
import { ConfirmationWatch } from '../guest/confirmationWatch.ts';
import type { ProposalDocuments } from '../guest/proposalDocuments.ts';
import { readWithProgress } from '../guest/readGuest.ts';
import type { PlanAction } from '../plan/planDesk.ts';
import type { ProofBook } from '../proofBook.ts';
import type { Services } from '../services.ts';
import { instanceOf, titleOf } from '../tree/labels.ts';
import { askPick } from '../wizard/askPick.ts';
import { cloudOf } from './cloudOf.ts';
import { requireEni } from './lookUp.ts';
import { validateNext } from './nextSteps.ts';
import { pickEni } from './pickTarget.ts';

/** Works out what the guest needs; asks about what it holds and EC2 does not know. */
async function propose(facts: GuestFacts, proposer: Proposer): Promise<GuestProposal> {
  const proposal = proposer.patch(facts, await askLeftOvers(proposer.leftOvers(facts)));
  const byHand = await proposer.byHand?.(facts);
  if (byHand === undefined) return proposal;
  const { askBetterForm } = await import('./askBetterForm.ts');
  return (await askBetterForm(byHand.addresses)) ? byHand.rewrite(proposal) : proposal;
}

/** Left-overs do no harm until somebody else gets the address: to remove them is proposed and not a must. */
async function askLeftOvers(leftOvers: readonly string[]): Promise<readonly string[]> {
  if (leftOvers.length === 0) return [];
  const place = { title: l10n.t('Configure Guest OS'), step: 1, totalSteps: 1 };
  return askPick<readonly string[]>(place, {
    placeholder: l10n.t('The guest holds addresses that the ENI does not have: {0}', leftOvers.join(', ')),
    choices: [
      { label: l10n.t('Remove them from the guest too'), value: leftOvers },
      { label: l10n.t('Leave them alone'), value: [] },
    ],
  });
}

/** Registers the command that tells a guest's OS about its secondary addresses. */
export function registerConfigureGuest(
  services: Services,
  documents: ProposalDocuments,
  proofs: ProofBook,
): vscode.Disposable {
  const { boundary, clouds, desk, access } = services;
  return boundary.command('ec2MultiIp.configureGuest', async (target) => {
    const cloud = await cloudOf(clouds, l10n.t('Configure Guest OS'), target);
    const index = await cloud.refresh();
    const eni =
      target === undefined
        ? await pickEni(index, l10n.t('Configure Guest OS'), (candidate) => isRunning(index, candidate))
        : requireEni(index, target.eniId);
    const instance = requireInstance(index, eni);
    const connections = await access.connectionsTo(index, eni);
    const facts = await readWithProgress(instance, connections.kept.open);
    proofs.putOs(eni.id, seenIn(facts, eni), new Date());
    const proposal = await propose(facts, await proposerOf(index, eni, instance.id));
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
      nothing: whyNothing(facts, eni),
      next: validateNext({ kind: 'eni', eniId: eni.id, region }),
      ...(proposal.files.length > 0 && { look, column: vscode.ViewColumn.Beside }),
      over: () => {
        connections.kept.end();
        return documents.close(title);
      },
    });
  });
}

/** The ways to its addresses from outside. */
function throughOf(eni: Eni): { readonly address: string; readonly publicIp: string }[] {
  return eni.addresses.flatMap(({ address, association }) =>
    association === undefined ? [] : [{ address, publicIp: association.publicIp }],
  );
}

/** Which of an ENI's addresses the guest holds. */
function seenIn({ interfaces }: GuestFacts, { addresses }: Eni): ReadonlyMap<string, boolean> {
  const held = new Set(interfaces.flatMap((each) => each.addresses.map(({ address }) => address)));
  return new Map(addresses.map(({ address }) => [address, held.has(address)]));
}

/** Says who gives the guest its addresses, where that is none of us. */
function whyNothing(facts: GuestFacts, { mac, addresses }: Eni): string | undefined {
  const secondary = addresses.filter(({ primary }) => !primary).map(({ address }) => address);
  const keeper = keeperOf(facts, { mac, addresses: secondary });
  if (keeper === undefined) return undefined;
  return l10n.t('Nothing to change: {0} gives the guest its secondary addresses by itself.', keeper);
}

function isRunning(index: InventoryIndex, eni: Eni): boolean {
  return instanceOf(index, eni)?.state === 'running';
}
