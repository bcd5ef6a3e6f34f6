import * as vscode from 'vscode';
import type { FileChange } from '../../core/plan/changes.ts';
import { visible } from '../../words/visible.ts';

const scheme = 'ec2-multi-ip';

type Side = 'before' | 'after';

/** What gives an editor group the focus, by its place; VS Code opens at most nine side by side. */
const focusGroup = ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth', 'Seventh', 'Eighth'].map(
  (place) => `workbench.action.focus${place}EditorGroup`,
);

/** The tabs that show the difference of a title. */
function tabsOf(title: string): readonly vscode.Tab[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.filter(
    ({ label, input }) => label.startsWith(title) && !(input instanceof vscode.TabInputWebview),
  );
}

/** The files of guests before and after a change, as read-only documents for VS Code's own diff editor. */
export class ProposalDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #registration: vscode.Disposable;

  constructor() {
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  /** Opens one diff editor over all files of a change, or shows the one that is open. */
  async show(title: string, planId: string, files: readonly FileChange[]): Promise<void> {
    const resources = files.map((file) => {
      const before = this.#put(planId, file, 'before');
      const after = this.#put(planId, file, 'after');
      return [after, before, after] as const;
    });
    const shownTitle = visible(title);
    const [open] = tabsOf(shownTitle);
    const focus = open && focusGroup[open.group.viewColumn - 1];
    // From where it stands, VS Code finds it again; from elsewhere it would open another one over the plan.
    if (focus !== undefined) await vscode.commands.executeCommand(focus);
    const [only] = resources;
    if (only !== undefined && resources.length === 1) {
      await vscode.commands.executeCommand('vscode.diff', only[1], only[2], shownTitle);
    } else {
      await vscode.commands.executeCommand('vscode.changes', shownTitle, resources);
    }
  }

  /** Closes what `show` has opened under a title. */
  async close(title: string): Promise<void> {
    const shown = tabsOf(visible(title));
    if (shown.length > 0) await vscode.window.tabGroups.close(shown, true);
  }

  dispose(): void {
    this.#registration.dispose();
  }

  #put(planId: string, file: FileChange, side: Side): vscode.Uri {
    const uri = vscode.Uri.from({ scheme, path: file.path, query: `${planId}/${side}` });
    this.#texts.set(uri.toString(), Buffer.from(file[side] ?? '', 'base64').toString('utf8'));
    return uri;
  }
}
