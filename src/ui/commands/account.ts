import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { partitionOf } from '../../core/aws/partition.ts';
import { readRegions } from '../../core/aws/regions.ts';
import type { AccountRegion } from '../../core/aws/regions.ts';
import type { Clouds } from '../clouds.ts';
import { accountChosen } from '../milestones.ts';
import { Refusal } from '../refusal.ts';
import type { Services } from '../services.ts';
import type { Settings } from '../settings.ts';
import { askMany } from '../wizard/askMany.ts';
import { askPick } from '../wizard/askPick.ts';
import { askText } from '../wizard/askText.ts';
import { placeOf, regions } from './regions.ts';

async function profileChoices() {
  const { listProfiles } = await import('../../core/aws/door.ts');
  const profiles = await listProfiles();
  return [
    ...profiles.map(({ name, region }) => ({
      label: name,
      ...(region === undefined ? {} : { description: region }),
      value: name,
    })),
    {
      label: l10n.t('No profile'),
      description: l10n.t('environment, default profile or instance role'),
      value: '',
    },
  ];
}

/** The account's own Regions with what is not enabled; where it does not tell them, those of its partition. */
function choiceOf({ id, optedIn }: AccountRegion) {
  const facts = [placeOf(id) ?? [], optedIn ? [] : l10n.t('not enabled for this account')];
  return { label: id, description: facts.flat().join(' · '), value: id };
}

async function regionChoices(clouds: Clouds) {
  const known = await readKnown(clouds);
  return [
    { label: l10n.t('The profile’s own Region'), value: '' },
    ...known.map(choiceOf),
    { label: l10n.t('Another Region…'), value: '?' },
  ];
}

async function readKnown(clouds: Clouds): Promise<readonly AccountRegion[]> {
  try {
    return await readRegions(await clouds.main.ec2());
  } catch {
    const { id: partition } = partitionOf(clouds.shownAccount.region ?? '');
    const own = regions.filter(([id]) => partitionOf(id).id === partition);
    return own.map(([id]) => ({ id, optedIn: true }));
  }
}

/** Asks which Regions are to be shown; the first one goes on being that as long as it is among them. */
async function chooseRegions(clouds: Clouds, settings: Settings): Promise<void> {
  const now = (await clouds.shown()).map(({ region }) => region);
  const known = await readKnown(clouds);
  // One that is shown and that the account does not list stays to be seen.
  const missing = now.filter((region) => !known.some(({ id }) => id === region));
  const chosen = await askMany(
    { title: l10n.t('Choose Shown Regions'), step: 1, totalSteps: 1 },
    {
      placeholder: l10n.t('Regions to show in the tree, each read when it is opened'),
      choices: [...missing.map((id) => ({ id, optedIn: true })), ...known].map(choiceOf),
      selected: (region) => now.includes(region),
    },
  );
  const closed = known.find(({ id, optedIn }) => !optedIn && chosen.includes(id) && !now.includes(id));
  if (closed !== undefined) {
    throw new Refusal(
      l10n.t(
        'The Region {0} is not enabled for this account. Enable it in the account’s settings of the AWS console first.',
        closed.id,
      ),
      'none',
    );
  }
  const [was] = now;
  const first = was !== undefined && chosen.includes(was) ? was : chosen[0];
  const further = chosen.filter((region) => region !== first);
  await settings.set('ec2MultiIp.furtherRegions', further);
  if (first !== undefined && first !== was) await settings.set('ec2MultiIp.region', first);
}

/** Registers the commands that choose whose account and which Region the views show. */
export function registerAccount({ boundary, clouds, settings, log }: Services): vscode.Disposable {
  return vscode.Disposable.from(
    boundary.command('ec2MultiIp.chooseProfile', async () => {
      const profile = await askPick(
        { title: l10n.t('Choose Profile'), step: 1, totalSteps: 1 },
        {
          placeholder: l10n.t('Profile of your AWS configuration files'),
          choices: profileChoices(),
          selected: (value) => value === clouds.profile,
        },
      );
      await settings.set('ec2MultiIp.profile', profile);
      accountChosen();
    }),
    boundary.command('ec2MultiIp.chooseRegion', async () => {
      const place = { title: l10n.t('Choose Region'), step: 1, totalSteps: 1 };
      const current = settings.get('ec2MultiIp.region');
      const picked = await askPick(place, {
        placeholder: l10n.t('Region to work in'),
        choices: regionChoices(clouds),
        selected: (value) => value === current,
      });
      const typed = () =>
        askText(place, {
          prompt: l10n.t('Id of the Region, such as eu-central-1'),
          value: current,
          problem: (value) =>
            /^[a-z]{2,}(-[a-z]+)+-\d+$/.test(value)
              ? undefined
              : l10n.t('That is not a Region id. One looks like eu-central-1.'),
        });
      await settings.set('ec2MultiIp.region', picked === '?' ? await typed() : picked);
    }),
    boundary.command('ec2MultiIp.chooseRegions', () => chooseRegions(clouds, settings)),
    boundary.command('ec2MultiIp.refresh', async () => {
      await clouds.refresh();
    }),
    boundary.command('ec2MultiIp.showLog', () => {
      log.show();
    }),
  );
}
