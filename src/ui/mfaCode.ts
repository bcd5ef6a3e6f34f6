import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { given } from './cancelled.ts';
import { plainLine } from './plainText.ts';

/** Asks for the code of an MFA device; throws `Cancelled` where a person gives none, or it is of no more use. */
export async function askMfaCode(serial: string, onDidSwitch: vscode.Event<unknown>): Promise<string> {
  const over = new vscode.CancellationTokenSource();
  const switches = onDidSwitch(() => {
    over.cancel();
  });
  try {
    return given(await vscode.window.showInputBox(question(serial), over.token));
  } finally {
    switches.dispose();
    over.dispose();
  }
}

function question(serial: string): vscode.InputBoxOptions {
  return {
    title: l10n.t('MFA Code'),
    prompt: plainLine(l10n.t('Current code of the MFA device {0}', serial)),
    ignoreFocusOut: true,
    validateInput: (value) => (/^\d{6}$/.test(value) ? undefined : l10n.t('A code has six digits.')),
  };
}
