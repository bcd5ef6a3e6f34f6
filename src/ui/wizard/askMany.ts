import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { visible } from '../../words/visible.ts';
import { ask } from './ask.ts';
import { shownChoices } from './askPick.ts';
import type { Choice } from './askPick.ts';
import type { Place } from './back.ts';

/** A list to choose any number of things from. */
export interface ManyQuestion<T> {
  readonly placeholder: string;
  readonly choices: readonly Choice<T>[];
  /** Which are chosen from the start. */
  readonly selected: (value: T) => boolean;
  /** How many are to be chosen; any number, but one at least, unless given. */
  readonly exactly?: number;
}

/** Asks to choose several of several things, at least one; throws `Back` or `Cancelled`. */
export function askMany<T>(place: Place, question: ManyQuestion<T>): Promise<readonly T[]> {
  const pick = vscode.window.createQuickPick<Choice<T>>();
  pick.placeholder = visible(question.placeholder);
  pick.canSelectMany = true;
  pick.matchOnDescription = true;
  pick.items = shownChoices(question.choices);
  pick.selectedItems = pick.items.filter(({ value }) => question.selected(value));
  return ask(pick, place, (resolve) => {
    pick.onDidAccept(() => {
      const { length } = pick.selectedItems;
      if (length === (question.exactly ?? length) && length > 0) {
        resolve(pick.selectedItems.map(({ value }) => value));
      } else if (question.exactly !== undefined) {
        pick.title = visible(l10n.t('{0}: choose {1}, not {2}', place.title, question.exactly, length));
      }
    });
  });
}
