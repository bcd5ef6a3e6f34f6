import * as vscode from 'vscode';
import { contextKeys } from '../contributions.ts';

/** The text that the rows of the network are filtered by; empty: all are shown. */
export class NetworkFilter implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  #text = '';

  get text(): string {
    return this.#text;
  }

  set(text: string): void {
    this.#text = text.trim();
    void vscode.commands.executeCommand('setContext', contextKeys.filtered, this.#text !== '');
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
