import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { partitionOf } from '../../core/aws/partition.ts';
import { readRegions } from '../../core/aws/regions.ts';
import type { AccountRegion } from '../../core/aws/regions.ts';
import type { Cloud } from '../cloud.ts';
import { withoutIcons } from '../plainText.ts';
import type { Services } from '../services.ts';
import { askPick } from '../wizard/askPick.ts';
import { askText } from '../wizard/askText.ts';
import { regions } from './regions.ts';

async function profileChoices() {
  const { listProfiles } = await import('../../core/aws/door.ts');
  const profiles = await listProfiles();
  return [
    ...profiles.map(({ name, region }) => ({
      label: withoutIcons(name),
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
async function regionChoices(cloud: Cloud) {
  const places = new Map(regions);
  const known = await readKnown(cloud);
  const choices = known.map(({ id, optedIn }) => ({
    label: id,
    description: [places.get(id) ?? [], optedIn ? [] : l10n.t('not enabled for this account')]
      .flat()
      .join(' · '),
    value: id,
  }));
  return [
    { label: l10n.t('The profile’s own Region'), value: '' },
    ...choices,
    { label: l10n.t('Another Region…'), value: '?' },
  ];
}

async function readKnown(cloud: Cloud): Promise<readonly AccountRegion[]> {
  try {
    return await readRegions(await cloud.ec2());
  } catch {
    const { id: partition } = partitionOf(cloud.shownAccount.region ?? '');
    const own = regions.filter(([id]) => partitionOf(id).id === partition);
    return own.map(([id]) => ({ id, optedIn: true }));
  }
}

/** Registers the commands that choose whose account and which Region the views show. */
export function registerAccount({ boundary, cloud, settings, log }: Services): vscode.Disposable {
  return vscode.Disposable.from(
    boundary.command('ec2MultiIp.chooseProfile', async () => {
      const profile = await askPick(
        { title: l10n.t('Choose Profile'), step: 1, totalSteps: 1 },
        {
          placeholder: l10n.t('Profile of your AWS configuration files'),
          choices: profileChoices(),
          selected: (value) => value === cloud.profile,
        },
      );
      await settings.set('ec2MultiIp.profile', profile);
    }),
    boundary.command('ec2MultiIp.chooseRegion', async () => {
      const place = { title: l10n.t('Choose Region'), step: 1, totalSteps: 1 };
      const current = settings.get('ec2MultiIp.region');
      const picked = await askPick(place, {
        placeholder: l10n.t('Region to work in'),
        choices: regionChoices(cloud),
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
    boundary.command('ec2MultiIp.refresh', async () => {
      await cloud.refresh();
    }),
    boundary.command('ec2MultiIp.showLog', () => {
      log.show();
    }),
  );
}
