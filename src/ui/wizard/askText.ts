import * as vscode from 'vscode';
import { Cancelled } from '../cancelled.ts';
import { Back } from './back.ts';
import type { Place } from './back.ts';

/** One line of text that is asked for. */
export interface TextQuestion {
  readonly prompt: string;
  readonly value: string;
  readonly placeholder?: string;
  /** What is wrong with a value, in a sentence, or nothing; called at each key. */
  readonly problem: (value: string) => string | undefined;
}

/** Asks for a line of text; throws `Back` or `Cancelled`. */
export function askText(place: Place, question: TextQuestion): Promise<string> {
  const box = vscode.window.createInputBox();
  box.title = place.title;
  if (place.totalSteps > 1) {
    box.step = place.step;
    box.totalSteps = place.totalSteps;
  }
  box.prompt = question.prompt;
  box.value = question.value;
  if (question.placeholder !== undefined) box.placeholder = question.placeholder;
  box.ignoreFocusOut = true;
  if (place.step > 1) box.buttons = [vscode.QuickInputButtons.Back];
  return new Promise<string>((resolve, reject) => {
    box.onDidChangeValue((value) => {
      box.validationMessage = question.problem(value.trim());
    });
    box.onDidTriggerButton(() => {
      reject(new Back());
    });
    box.onDidAccept(() => {
      const value = box.value.trim();
      box.validationMessage = question.problem(value);
      if (box.validationMessage === undefined) resolve(value);
    });
    box.onDidHide(() => {
      reject(new Cancelled());
    });
    box.show();
  }).finally(() => {
    box.dispose();
  });
}
