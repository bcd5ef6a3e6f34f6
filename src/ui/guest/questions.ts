import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SshQuestions } from '../../core/ssh/shell.ts';

async function acceptHostKey(host: string, keyType: string, fingerprint: string): Promise<boolean> {
  const accept = l10n.t('Accept');
  const chosen = await vscode.window.showWarningMessage(
    l10n.t('Is this the host key of {0}?', host),
    {
      modal: true,
      detail: l10n.t(
        '{0} {1}\n\nThe instance prints its fingerprints to its system log, which the EC2 console shows. It is remembered once accepted.',
        keyType,
        fingerprint,
      ),
    },
    accept,
  );
  return chosen === accept;
}

function askPassphrase(keyFile: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: l10n.t('Passphrase'),
    prompt: l10n.t('Passphrase of {0}; it is not stored', keyFile),
    password: true,
    ignoreFocusOut: true,
  });
}

/** Asks a person what the connections of one command have to know; a passphrase once, and it is not stored. */
export function createQuestions(): SshQuestions {
  const passphrases = new Map<string, Promise<string | undefined>>();
  return {
    acceptHostKey,
    passphrase: (keyFile) => {
      const known = passphrases.get(keyFile);
      const asked = known ?? Promise.resolve(askPassphrase(keyFile));
      passphrases.set(keyFile, asked);
      return asked;
    },
  };
}
