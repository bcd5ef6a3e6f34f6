import * as vscode from 'vscode';
import type { ConfirmationWindow } from '../../core/guest/transaction/window.ts';

/** The time in which a guest's change is confirmed, followed second by second for whoever shows it. */
export class ConfirmationWatch implements vscode.Disposable {
  readonly #ticked = new vscode.EventEmitter<void>();
  readonly onDidTick = this.#ticked.event;
  #window: ConfirmationWindow | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** How many seconds are left; `undefined` where nothing waits to be confirmed. */
  get secondsLeft(): number | undefined {
    return this.#window?.secondsLeft();
  }

  /** Takes the time that begins, or `undefined` when it is over. */
  readonly take = (window: ConfirmationWindow | undefined): void => {
    this.#window = window;
    clearInterval(this.#timer);
    this.#timer =
      window &&
      setInterval(() => {
        this.#ticked.fire();
      }, 1000);
    this.#ticked.fire();
  };

  /** Takes the change back at once. */
  revertNow(): void {
    this.#window?.revertNow();
  }

  dispose(): void {
    clearInterval(this.#timer);
    this.#ticked.dispose();
  }
}
