import * as vscode from 'vscode';
import { visible } from '../../words/visible.ts';
import { Cancelled } from '../cancelled.ts';
import { Back } from './back.ts';
import type { Place } from './back.ts';

type Input = vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox;

/** Shows one input at its place among the steps until `wire` resolves; throws `Back` or `Cancelled`, or what `wire` rejects with. */
export function ask<T>(
  input: Input,
  place: Place,
  wire: (resolve: (value: T) => void, reject: (reason: unknown) => void) => void,
): Promise<T> {
  input.title = visible(place.title);
  if (place.totalSteps > 1) {
    input.step = place.step;
    input.totalSteps = place.totalSteps;
  }
  input.ignoreFocusOut = true;
  if (place.step > 1) input.buttons = [vscode.QuickInputButtons.Back];
  return new Promise<T>((resolve, reject) => {
    wire(resolve, reject);
    input.onDidTriggerButton(() => {
      reject(new Back());
    });
    input.onDidHide(() => {
      reject(new Cancelled());
    });
    input.show();
  }).finally(() => {
    input.dispose();
  });
}
