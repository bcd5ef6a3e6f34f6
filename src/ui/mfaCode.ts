import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { given } from './cancelled.ts';

/** Asks for the code of an MFA device; throws `Cancelled` where a person gives none. */
export async function askMfaCode(serial: string): Promise<string> {
  return given(
    await vscode.window.showInputBox({
      title: l10n.t('MFA Code'),
      prompt: l10n.t('Current code of the MFA device {0}', serial),
      ignoreFocusOut: true,
      validateInput: (value) => (/^\d{6}$/.test(value) ? undefined : l10n.t('A code has six digits.')),
    }),
  );
}
