// The diagnosis: its rules, what reads a guest for them, its words and the drawing of its panel.
// It is loaded with the first validation.
import { readReverseDnsStates } from '../../core/aws/reverseDnsStates.ts';
import { examine } from '../../core/diagnose/examine.ts';
import { fixLabel } from '../../words/findingText.ts';
import { validationMarkdown } from '../../words/validationReport.ts';
import { validationView } from '../validation/validationView.ts';

/** What is behind the door. */
export interface Diagnosis {
  readonly examine: typeof examine;
  readonly readReverseDnsStates: typeof readReverseDnsStates;
  readonly fixLabel: typeof fixLabel;
  readonly validationMarkdown: typeof validationMarkdown;
  readonly validationView: typeof validationView;
}

/** All of it. */
export const diagnosis: Diagnosis = {
  examine,
  readReverseDnsStates,
  fixLabel,
  validationMarkdown,
  validationView,
};
