import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
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
        choices: [
          { label: l10n.t('The profile’s own Region'), value: '' },
          ...regions.map(([id, name]) => ({ label: id, description: name, value: id })),
          { label: l10n.t('Another Region…'), value: '?' },
        ],
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
