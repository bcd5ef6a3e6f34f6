import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { readReverseDns } from '../../core/aws/reverseDns.ts';
import type { MailServer } from '../../core/diagnose/mail/bindings.ts';
import type { Services } from '../services.ts';
import { requireHeloNames } from '../validation/requireHeloNames.ts';
import { askPick } from '../wizard/askPick.ts';
import { cloudOf } from './cloudOf.ts';
import { requireEni } from './lookUp.ts';
import { pickEni } from './pickTarget.ts';

/** Registers the command that copies what binds a mail server to an ENI's addresses. */
export function registerMailSettings({ boundary, clouds, settings }: Services): vscode.Disposable {
  return boundary.command('ec2MultiIp.copyMailSettings', async (target) => {
    const title = l10n.t('Copy Mail Server Settings');
    const cloud = await cloudOf(clouds, title, target);
    const index = await cloud.inventory();
    const eni =
      target === undefined ? await pickEni(index, title, () => true) : requireEni(index, target.eniId);
    const server = await askPick<MailServer>(
      { title, step: 1, totalSteps: 1 },
      {
        placeholder: l10n.t('Mail server'),
        choices: [
          { label: 'Postfix', value: 'postfix' },
          { label: 'Exim', value: 'exim' },
          { label: 'OpenSMTPD', value: 'openSmtpd' },
        ],
      },
    );
    const heloNames = requireHeloNames(settings.get('ec2MultiIp.mail.heloNames'));
    const names = await readReverseDns(await cloud.ec2());
    const senders = eni.addresses.flatMap(({ address, association }) => {
      if (association === undefined) return [];
      const helo = heloNames[address] ?? names.get(association.allocationId ?? '')?.replace(/\.$/, '');
      return [helo === undefined ? { address } : { address, helo }];
    });
    const { mailBindings } = await import('../../core/diagnose/mail/bindings.ts');
    await vscode.env.clipboard.writeText(mailBindings(server, senders));
    vscode.window.setStatusBarMessage(l10n.t('The settings are on the clipboard.'), 5_000);
  });
}
