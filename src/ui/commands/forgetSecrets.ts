import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CommandBoundary } from '../commandBoundary.ts';
import { forgetSecret, keptSecrets } from '../guest/keptSecrets.ts';
import { withoutIcons } from '../plainText.ts';
import { Refusal } from '../refusal.ts';
import { askMany } from '../wizard/askMany.ts';
import type { Choice } from '../wizard/askPick.ts';

/** A passphrase goes by its key file, a password by its host and its user, as they were named when they were kept. */
function choiceOf(name: string): Choice<string> {
  const [kind = ''] = name.split('/', 1);
  const rest = name.slice(kind.length + 1);
  if (kind === 'passphrase') return { label: rest, description: l10n.t('passphrase'), value: name };
  const at = rest.lastIndexOf('/');
  const [host, user] = [rest.slice(0, at), rest.slice(at + 1)];
  return { label: l10n.t('{0} on {1}', user, host), description: l10n.t('sudo password'), value: name };
}

/** Registers the command that takes out of the secret storage what was put there on request. */
export function registerForgetSecrets(
  boundary: Pick<CommandBoundary, 'command'>,
  secrets: vscode.SecretStorage,
): vscode.Disposable {
  return boundary.command('ec2MultiIp.forgetSecrets', async () => {
    const kept = await keptSecrets(secrets);
    if (kept.length === 0) throw new Refusal(l10n.t('No password and no passphrase is kept.'), 'none');
    const chosen = await askMany(
      { title: l10n.t('Forget Kept Passwords and Passphrases'), step: 1, totalSteps: 1 },
      {
        placeholder: l10n.t('What to take out of the secret storage'),
        choices: kept.map(choiceOf),
        selected: () => true,
      },
    );
    for (const name of chosen) await forgetSecret(secrets, name);
    vscode.window.setStatusBarMessage(withoutIcons(l10n.t('Forgotten: {0}', chosen.length)), 5_000);
  });
}
