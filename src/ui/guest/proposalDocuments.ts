import * as vscode from 'vscode';
import type { FileChange } from '../../core/plan/changes.ts';

const scheme = 'ec2-multi-ip';

type Side = 'before' | 'after';

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

  /** Opens one diff editor over all files of a change. */
  async show(title: string, planId: string, files: readonly FileChange[]): Promise<void> {
    const resources = files.map((file) => {
      const before = this.#put(planId, file, 'before');
      const after = this.#put(planId, file, 'after');
      return [after, before, after] as const;
    });
    const [only] = resources;
    if (only !== undefined && resources.length === 1) {
      await vscode.commands.executeCommand('vscode.diff', only[1], only[2], title);
    } else {
      await vscode.commands.executeCommand('vscode.changes', title, resources);
    }
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
