import * as vscode from 'vscode';
import type { FromPanel, PanelState, PanelView, ToPanel } from '../../panel/protocol.ts';
import { visible } from '../../words/visible.ts';
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
    panel.webview.options = panelOptions;
    panel.webview.onDidReceiveMessage((message: FromPanel) => {
      if (message.type === 'press') this.#pressed.fire(message.button);
      else {
        this.#ready = true;
        this.#send();
      }
    });
    panel.webview.html = panelHtml(extensionUri);
  }

  static create(
    type: PanelType,
    title: string,
    extensionUri: vscode.Uri,
    column = vscode.ViewColumn.Active,
  ): TablePanel {
    return new TablePanel(
      vscode.window.createWebviewPanel(type, visible(title), column, panelOptions),
      extensionUri,
    );
  }

  show(state: PanelState): void {
    this.#state = { ...state, view: shownView(state.view) };
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

/** A view none of whose texts changes what stands around it, whoever wrote them. */
function shownView(view: PanelView): PanelView {
  const shown = (_: string, value: unknown): unknown => (typeof value === 'string' ? visible(value) : value);
  return JSON.parse(JSON.stringify(view), shown) as PanelView;
}

/** All that a panel needs stands in its page. */
const panelOptions: vscode.WebviewOptions = { enableScripts: true, localResourceRoots: [] };
