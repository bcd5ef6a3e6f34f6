import * as vscode from 'vscode';
import { visible } from '../../words/visible.ts';
import { plainLine } from '../plainText.ts';
import { ask } from './ask.ts';
import type { Place } from './back.ts';

/** One line of text that is asked for. */
export interface TextQuestion {
  readonly prompt: string;
  readonly value: string;
  readonly placeholder?: string;
  /** Not to be read by whoever looks over the shoulder, and taken as it is, blanks included. */
  readonly isSecret?: boolean;
  /** What is wrong with a value, in a sentence, or nothing; called at each key. */
  readonly problem: (value: string) => string | undefined;
}

/** Asks for a line of text; throws `Back` or `Cancelled`. */
export function askText(place: Place, question: TextQuestion): Promise<string> {
  const box = vscode.window.createInputBox();
  box.prompt = plainLine(question.prompt);
  box.value = question.value;
  box.password = question.isSecret === true;
  const given = (text: string): string => (box.password ? text : text.trim());
  if (question.placeholder !== undefined) box.placeholder = visible(question.placeholder);
  const problem = (value: string): string | undefined => {
    const sentence = question.problem(value);
    return sentence === undefined ? undefined : plainLine(sentence);
  };
  return ask(box, place, (resolve) => {
    box.onDidChangeValue((value) => {
      box.validationMessage = problem(given(value));
    });
    box.onDidAccept(() => {
      const value = given(box.value);
      box.validationMessage = problem(value);
      if (box.validationMessage === undefined) resolve(value);
    });
  });
}
