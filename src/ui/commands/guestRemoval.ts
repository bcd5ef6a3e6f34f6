import * as l10n from '@vscode/l10n';
import { configureGuestHandler } from '../../core/guest/handler.ts';
import { guestFirst, planGuest } from '../../core/guest/planGuest.ts';
import { proposerOf } from '../../core/guest/proposer.ts';
import type { InventoryIndex } from '../../core/model/inventoryIndex.ts';
import type { Eni, Instance } from '../../core/model/network.ts';
import { awsHandlers } from '../../core/plan/changes/awsHandlers.ts';
import type { EipPlace } from '../../core/plan/changes.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { ConfirmationWatch } from '../guest/confirmationWatch.ts';
import { readWithProgress } from '../guest/readGuest.ts';
import type { PlanJob } from '../plan/planDesk.ts';
import type { Services } from '../services.ts';
import { instanceOf, titleOf } from '../tree/labels.ts';
import { askPick } from '../wizard/askPick.ts';
import type { Place } from '../wizard/back.ts';

interface Holder {
  readonly eni: Eni;
  readonly instance: Instance;
}

/** The running guest that we have been in before and that alone holds these addresses; else nothing is to be done. */
export function guestOf(
  index: InventoryIndex,
  places: readonly EipPlace[],
  { logins }: Services,
): Holder | undefined {
  const [eniId = '', ...others] = new Set(places.map(({ networkInterfaceId }) => networkInterfaceId));
  const eni = index.enis.get(eniId);
  const instance = eni === undefined ? undefined : instanceOf(index, eni);
  if (eni === undefined || others.length > 0 || instance?.state !== 'running') return undefined;
  return logins.isRemembered(instance) ? { eni, instance } : undefined;
}

/** Asks whether addresses are to leave the guest OS as well. */
export function askGuest(place: Place, { instance }: Holder, selected: boolean): Promise<boolean> {
  return askPick(place, {
    placeholder: l10n.t('Also take the addresses out of the guest OS of “{0}”?', titleOf(instance)),
    choices: [
      { label: l10n.t('Yes, first of all'), value: true },
      { label: l10n.t('No, only in EC2'), value: false },
    ],
    selected: (value) => value === selected,
  });
}

/** The plan with the guest's own change before it, and what carries both out. */
export async function withGuestRemoval(
  plan: Plan,
  { eni, instance }: Holder,
  addresses: readonly string[],
  { clouds, access }: Services,
): Promise<Pick<PlanJob, 'plan' | 'handlers' | 'confirmation' | 'over'>> {
  const cloud = await clouds.inRegion(plan.region);
  const index = await cloud.inventory();
  const connections = await access.connectionsTo(index, eni);
  const facts = await readWithProgress(instance, connections.kept.open);
  const proposal = (await proposerOf(index, eni, instance.id)).removal(facts, addresses);
  const { region } = index.inventory;
  const confirmation = new ConfirmationWatch();
  return {
    plan: guestFirst(plan, planGuest({ instanceId: instance.id, region, proposal })),
    handlers: {
      ...awsHandlers(await cloud.ec2()),
      configureGuest: configureGuestHandler({ ...connections, onWindow: confirmation.take }),
    },
    confirmation,
    over: () => {
      connections.kept.end();
      return Promise.resolve();
    },
  };
}
