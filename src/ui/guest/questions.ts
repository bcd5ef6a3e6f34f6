import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SshQuestions } from '../../core/ssh/shell.ts';

/** Asks a person what an SSH connection has to know; nothing of it is stored here. */
export const sshQuestions: SshQuestions = {
  acceptHostKey: async (host, keyType, fingerprint) => {
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
  },
  passphrase: async (keyFile) =>
    vscode.window.showInputBox({
      title: l10n.t('Passphrase'),
      prompt: l10n.t('Passphrase of {0}; it is not stored', keyFile),
      password: true,
      ignoreFocusOut: true,
    }),
};
