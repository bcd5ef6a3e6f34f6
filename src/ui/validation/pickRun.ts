import * as l10n from '@vscode/l10n';
import type { ValidationRun } from '../../core/diagnose/run.ts';
import { workingText } from '../../words/runText.ts';
import { dayText } from '../../words/time.ts';
import { Refusal } from '../refusal.ts';
import { askPick } from '../wizard/askPick.ts';
import type { ValidationHistory } from './history.ts';

/** Asks for a validation of the past. */
export async function pickRun(history: ValidationHistory): Promise<ValidationRun> {
  const runs = await history.runs();
  if (runs.length === 0) throw new Refusal(l10n.t('Nothing has been validated yet.'), 'none');
  const choices = runs.map((run) => {
    const enis = [...new Set(run.rows.map(({ eni }) => eni))].join(', ');
    return {
      label: dayText(new Date(run.at)),
      description: [run.region, enis].join(' · '),
      detail: workingText(run.rows).text,
      value: run,
    };
  });
  const place = { title: l10n.t('Validation History'), step: 1, totalSteps: 1 };
  return askPick(place, { placeholder: l10n.t('Validation'), choices });
}
