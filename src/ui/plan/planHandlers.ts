import * as l10n from '@vscode/l10n';
import { CoreError } from '../../core/base/errors.ts';
import { configureGuestHandler } from '../../core/guest/handler.ts';
import { awsHandlers } from '../../core/plan/changes/awsHandlers.ts';
import type { Handlers } from '../../core/plan/handler.ts';
import { requireAccount } from '../../core/plan/journal.ts';
import type { Clouds } from '../clouds.ts';
import type { GuestAccess } from '../guest/access.ts';
import { Refusal } from '../refusal.ts';
import type { PlannedFor } from './planDesk.ts';

/** What the plans of earlier sessions are carried out with: all that they need is read anew. */
export async function handlersFor(
  content: PlannedFor,
  clouds: Clouds,
  access: GuestAccess,
): Promise<Handlers> {
  const { plan } = content;
  const cloud = (await clouds.shown()).find(({ region }) => region === plan.region)?.cloud;
  if (cloud === undefined) {
    throw new Refusal(
      l10n.t('This plan belongs to the Region {0}. Choose that Region first.', plan.region),
      'ec2MultiIp.chooseRegion',
    );
  }
  // What another account has says nothing of what the plan has made.
  requireAccount(content, await cloud.requireShownAccount(new AbortController().signal));
  const ec2 = await cloud.ec2();
  const guest = plan.changes.find((change) => change.kind === 'configureGuest');
  if (guest === undefined) return awsHandlers(ec2);
  const { instanceId } = guest.input;
  const index = await cloud.refresh();
  const eniId = index.instances.get(instanceId)?.eniIds[0] ?? '';
  const eni = index.enis.get(eniId);
  if (eni === undefined) throw new CoreError('plan.notFound', { what: 'instance', id: instanceId });
  return {
    ...awsHandlers(ec2),
    configureGuest: configureGuestHandler(await access.connectionsTo(index, eni)),
  };
}
