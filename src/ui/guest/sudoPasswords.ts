import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { plainLine, withoutLinks } from '../plainText.ts';
import { forgetSecret, keepSecret, secretOf } from './keptSecrets.ts';

type Ask = (user: string, host: string, refused: boolean) => Promise<string | undefined>;

function secretKey(instanceId: string, user: string): string {
  return `sudo/${instanceId}/${user}`;
}

function ask(user: string, host: string, refused: boolean): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: l10n.t('Password for sudo'),
    prompt: plainLine(
      refused
        ? l10n.t('That was not the password. sudo asks for the password of {0} on {1}', user, host)
        : l10n.t('sudo asks for the password of {0} on {1}', user, host),
    ),
    password: true,
    ignoreFocusOut: true,
  });
}

/** Asks for the password of sudo on one instance: once a command, and kept longer only where a person says so. */
export function createSudoQuestion(instanceId: string, secrets: vscode.SecretStorage): Ask {
  const answers = new Map<string, Promise<string | undefined>>();
  const answer: Ask = async (user, host, refused) => {
    const key = secretKey(instanceId, user);
    const kept = refused ? undefined : await secretOf(secrets, key);
    if (kept !== undefined) return kept;
    if (refused) await forgetSecret(secrets, key);
    const password = await ask(user, host, refused);
    if (password === undefined || password === '') return undefined;
    const keep = l10n.t('Keep It');
    // Not awaited: what needs the password does not wait for this answer.
    void vscode.window
      .showInformationMessage(
        withoutLinks(l10n.t('Keep the sudo password of {0} on {1} in the secret storage?', user, host)),
        keep,
      )
      .then((chosen) => (chosen === keep ? keepSecret(secrets, key, password) : undefined));
    return password;
  };
  return (user, host, refused) => {
    const known = refused ? undefined : answers.get(user);
    const asked = known ?? answer(user, host, refused);
    answers.set(user, asked);
    return asked;
  };
}
