import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import { awsHandlers } from '../../core/plan/changes/awsHandlers.ts';
import { prepareRemovePairs } from '../../core/plan/preparations.ts';
import type { RemovePairsSpec } from '../../core/plan/recipes/removePairs.ts';
import { Refusal } from '../refusal.ts';
import type { Services } from '../services.ts';
import { eniTitle } from '../tree/labels.ts';
import { askMany } from '../wizard/askMany.ts';
import { askPick } from '../wizard/askPick.ts';
import { runWizard } from '../wizard/wizard.ts';
import type { Step } from '../wizard/wizard.ts';
import { cloudOf } from './cloudOf.ts';
import { askGuest, guestOf, withGuestRemoval } from './guestRemoval.ts';

interface Answers extends RemovePairsSpec {
  /** Whether the addresses leave the guest OS too. */
  readonly guest: boolean;
}

const askFate: Step<Answers> = async (spec, place) => {
  const eip = await askPick<RemovePairsSpec['eip']>(place, {
    placeholder: l10n.t('What is to become of the Elastic IPs?'),
    choices: [
      { label: l10n.t('Keep them'), description: l10n.t('they go on costing money'), value: 'keep' },
      { label: l10n.t('Release them'), value: 'release' },
    ],
    selected: (value) => value === spec.eip,
  });
  return { ...spec, eip };
};

/** Two VPCs may have the same addresses. */
function keyOf(eniId: string, address: string): string {
  return `${eniId} ${address}`;
}

/** Registers the command that removes secondary addresses, with or without their EIPs. */
export function registerRemovePairs(services: Services): vscode.Disposable {
  const { boundary, clouds, desk } = services;
  return boundary.command('ec2MultiIp.removePairs', async (target, all = []) => {
    const title = l10n.t('Remove Addresses');
    const cloud = await cloudOf(clouds, title, target, all);
    const index = await cloud.inventory();
    const targets = [target, ...all].filter((it) => it !== undefined);
    const enis = index.inventory.enis.filter(
      ({ id, managedBy }) =>
        managedBy === undefined && (targets.length === 0 || targets.some(({ eniId }) => eniId === id)),
    );
    const choices = enis.flatMap((eni) =>
      eni.addresses
        .filter(({ primary }) => !primary)
        .map(({ address, association }) => ({
          label: association === undefined ? address : `${address} ↔ ${association.publicIp}`,
          description: eniTitle(eni),
          value: { networkInterfaceId: eni.id, privateAddress: address },
        })),
    );
    if (choices.length === 0) throw new Refusal(l10n.t('There is no secondary address to remove.'));
    const own = new Set(
      targets.flatMap((it) => (it.kind === 'address' ? [keyOf(it.eniId, it.address)] : [])),
    );
    const askPlaces: Step<Answers> = async (spec, place) => {
      const chosen = new Set(spec.places.map((it) => keyOf(it.networkInterfaceId, it.privateAddress)));
      const places = await askMany(place, {
        placeholder: l10n.t('Secondary addresses to remove'),
        choices,
        selected: ({ networkInterfaceId, privateAddress }) => {
          const key = keyOf(networkInterfaceId, privateAddress);
          return chosen.size > 0 ? chosen.has(key) : own.has(key);
        },
      });
      return { ...spec, places };
    };
    const askGuestToo: Step<Answers> = async (answers, place) => {
      const holder = guestOf(index, answers.places, services);
      return { ...answers, guest: holder !== undefined && (await askGuest(place, holder, answers.guest)) };
    };
    const defaults: Answers = { places: [], eip: 'keep', guest: true };
    const { guest, ...spec } = await runWizard(title, [askPlaces, askFate, askGuestToo], defaults);
    const ec2 = await cloud.ec2();
    const plan = await prepareRemovePairs(ec2, spec);
    const holder = guest ? guestOf(index, spec.places, services) : undefined;
    const addresses = spec.places.map(({ privateAddress }) => privateAddress);
    desk.present({
      title,
      ...(holder === undefined
        ? { plan, handlers: awsHandlers(ec2) }
        : await withGuestRemoval(plan, holder, addresses, services)),
    });
  });
}
