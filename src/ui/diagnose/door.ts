// The bundle of the diagnosis: its rules, what reads a guest for them, its words and the drawing of its panel.
// It is loaded with the first validation. The proof itself is in the bundle of the UI, and is handed in.
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { examine } from '../../core/diagnose/examine.ts';
import { sshVantage } from '../../core/probe/sshVantage.ts';
import { fixLabel } from '../../words/findingText.ts';
import { validationMarkdown } from '../../words/validationReport.ts';
import { validationView } from '../validation/validationView.ts';

/** What is behind the door. */
export interface Diagnosis {
  readonly examine: typeof examine;
  readonly sshVantage: typeof sshVantage;
  readonly fixLabel: typeof fixLabel;
  readonly validationMarkdown: typeof validationMarkdown;
  readonly validationView: typeof validationView;
}

/** Gives the diagnosis, in the language of VS Code: this bundle has translations of its own to be told of. */
export function openDiagnosis(): Diagnosis {
  if (vscode.l10n.bundle !== undefined) l10n.config({ contents: vscode.l10n.bundle });
  return { examine, sshVantage, fixLabel, validationMarkdown, validationView };
}
