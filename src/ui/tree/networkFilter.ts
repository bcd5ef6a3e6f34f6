import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { contextKeys } from '../contributions.ts';

/** The text that the rows of the network are filtered by; empty: all are shown. */
export class NetworkFilter implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #say: (text: string) => void;
  #text = '';

  /** `say` shows above the rows what they are filtered by. */
  constructor(say: (text: string) => void = () => undefined) {
    this.#say = say;
  }

  get text(): string {
    return this.#text;
  }

  set(text: string): void {
    this.#text = text.trim();
    this.#say(this.#text === '' ? '' : l10n.t('Filter: {0}', this.#text));
    void vscode.commands.executeCommand('setContext', contextKeys.filtered, this.#text !== '');
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
