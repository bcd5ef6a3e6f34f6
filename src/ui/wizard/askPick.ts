import * as vscode from 'vscode';
import { visible } from '../../words/visible.ts';
import { withoutIcons } from '../plainText.ts';
import { ask } from './ask.ts';
import type { Place } from './back.ts';

/** One thing to choose. */
export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

/** Choices whose texts change nothing around them and draw no icons, whoever wrote them. */
export function shownChoices<T>(choices: readonly Choice<T>[]): readonly Choice<T>[] {
  return choices.map((choice) => ({
    ...choice,
    label: withoutIcons(choice.label),
    ...(choice.description !== undefined && { description: withoutIcons(choice.description) }),
    ...(choice.detail !== undefined && { detail: withoutIcons(choice.detail) }),
  }));
}

/** A list to choose one thing from. */
export interface PickQuestion<T> {
  readonly placeholder: string;
  /** May still be on its way: the list shows that it is busy. */
  readonly choices: readonly Choice<T>[] | Promise<readonly Choice<T>[]>;
  /** Which choice to begin at. */
  readonly selected?: (value: T) => boolean;
}

function fill<T>(
  pick: vscode.QuickPick<Choice<T>>,
  question: PickQuestion<T>,
  choices: readonly Choice<T>[],
) {
  pick.items = shownChoices(choices);
  const active = pick.items.filter(({ value }) => question.selected?.(value) === true);
  if (active.length > 0) pick.activeItems = active;
  pick.busy = false;
}

/** Asks to choose one of several things; throws `Back` or `Cancelled`, or what the choices threw. */
export function askPick<T>(place: Place, question: PickQuestion<T>): Promise<T> {
  const pick = vscode.window.createQuickPick<Choice<T>>();
  pick.placeholder = visible(question.placeholder);
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.busy = true;
  return ask(pick, place, (resolve, reject) => {
    Promise.resolve(question.choices).then((choices) => {
      fill(pick, question, choices);
    }, reject);
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (chosen !== undefined) resolve(chosen.value);
    });
  });
}
