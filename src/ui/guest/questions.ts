import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CertificateProblem } from '../../core/ssh/certificate/judge.ts';
import type { SshQuestions } from '../../core/ssh/shell.ts';
import { visible } from '../../words/visible.ts';
import { plainLine, withoutLinks } from '../plainText.ts';
import { forgetSecret, keepSecret, secretOf } from './keptSecrets.ts';
import { createSudoQuestion } from './sudoPasswords.ts';

/** Few hosts have a certificate: its words are loaded with the first that is of no worth. */
async function wordProblem(problem: CertificateProblem, host: string): Promise<string> {
  const { certificateText } = await import('../../words/certificateText.ts');
  return certificateText(problem, host);
}

async function acceptHostKey(
  host: string,
  keyType: string,
  fingerprint: string,
  problem?: CertificateProblem,
): Promise<boolean> {
  const accept = l10n.t('Accept');
  const warning = problem === undefined ? '' : `\n\n${await wordProblem(problem, host)}`;
  const chosen = await vscode.window.showWarningMessage(
    visible(l10n.t('Is this the host key of {0}?', host)),
    {
      modal: true,
      detail: visible(
        l10n.t(
          '{0} {1}\n\nThe instance prints its fingerprints to its system log, which the EC2 console shows. It is remembered once accepted.',
          keyType,
          fingerprint,
        ) + warning,
      ),
    },
    accept,
  );
  return chosen === accept;
}

function askPassphrase(keyFile: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: l10n.t('Passphrase'),
    prompt: plainLine(l10n.t('Passphrase of {0}', keyFile)),
    password: true,
    ignoreFocusOut: true,
  });
}

function secretKey(keyFile: string): string {
  return `passphrase/${keyFile}`;
}

/** Asks once and, where a person wants it, keeps the answer in VS Code's secret storage. */
async function passphraseOf(keyFile: string, secrets: vscode.SecretStorage): Promise<string | undefined> {
  const kept = await secretOf(secrets, secretKey(keyFile));
  if (kept !== undefined) return kept;
  const passphrase = await askPassphrase(keyFile);
  if (passphrase === undefined || passphrase === '') return passphrase;
  const keep = l10n.t('Keep It');
  // Not awaited: the login does not wait for this answer.
  void vscode.window
    .showInformationMessage(
      withoutLinks(l10n.t('Keep the passphrase of {0} in the secret storage?', keyFile)),
      keep,
    )
    .then((chosen) => (chosen === keep ? keepSecret(secrets, secretKey(keyFile), passphrase) : undefined));
  return passphrase;
}

/** Asks a person what the connections of one command have to know; a passphrase once. */
export function createQuestions(secrets: vscode.SecretStorage, instanceId: string): SshQuestions {
  const passphrases = new Map<string, Promise<string | undefined>>();
  return {
    acceptHostKey,
    sudoPassword: createSudoQuestion(instanceId, secrets),
    passphrase: (keyFile) => {
      const known = passphrases.get(keyFile);
      const asked = known ?? passphraseOf(keyFile, secrets);
      passphrases.set(keyFile, asked);
      return asked;
    },
  };
}

/** Forgets a kept passphrase, because it opens its key no more. */
export async function forgetPassphrase(keyFile: string, secrets: vscode.SecretStorage): Promise<void> {
  await forgetSecret(secrets, secretKey(keyFile));
}
