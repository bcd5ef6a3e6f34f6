import * as vscode from 'vscode';
import type { FromPanel, PanelState, ToPanel } from '../../panel/protocol.ts';
import { panelHtml } from './html.ts';

/** The webview types of the panels. */
export type PanelType = 'ec2MultiIp.plan' | 'ec2MultiIp.validation';

/** The host's side of a panel: shows a state, and tells which button was pressed. */
export class TablePanel implements vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #pressed = new vscode.EventEmitter<string>();
  readonly onDidPress = this.#pressed.event;
  readonly onDidDispose: vscode.Event<void>;
  #state: PanelState | undefined;
  #ready = false;

  /** Takes a webview panel over, a new one or one that VS Code kept over a reload. */
  constructor(panel: vscode.WebviewPanel, extensionUri: vscode.Uri) {
    this.#panel = panel;
    this.onDidDispose = panel.onDidDispose;
    panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'icon.svg');
    panel.webview.options = panelOptions(extensionUri);
    panel.webview.onDidReceiveMessage((message: FromPanel) => {
      if (message.type === 'press') this.#pressed.fire(message.button);
      else {
        this.#ready = true;
        this.#send();
      }
    });
    panel.webview.html = panelHtml(panel.webview, extensionUri);
  }

  static create(type: PanelType, title: string, extensionUri: vscode.Uri): TablePanel {
    const options = panelOptions(extensionUri);
    return new TablePanel(
      vscode.window.createWebviewPanel(type, title, vscode.ViewColumn.Active, options),
      extensionUri,
    );
  }

  show(state: PanelState): void {
    this.#state = state;
    this.#send();
  }

  reveal(): void {
    this.#panel.reveal(undefined, false);
  }

  dispose(): void {
    this.#panel.dispose();
    this.#pressed.dispose();
  }

  #send(): void {
    if (!this.#ready || this.#state === undefined) return;
    const message: ToPanel = { type: 'show', state: this.#state };
    void this.#panel.webview.postMessage(message);
  }
}

function panelOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return {
    enableScripts: true,
    localResourceRoots: ['dist', 'media'].map((folder) => vscode.Uri.joinPath(extensionUri, folder)),
  };
}
