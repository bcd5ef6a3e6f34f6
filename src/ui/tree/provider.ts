import * as vscode from 'vscode';
import type { TreeNode } from './node.ts';

/** Shows any nodes: their roots are asked for anew at each refresh, and tell what is below them. */
export class NodeTreeProvider implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #roots: () => Promise<readonly TreeNode[]>;
  #latest: Promise<readonly TreeNode[]> = Promise.resolve([]);

  /** `roots` answers with nothing rather than throw; who asks says elsewhere what went wrong. */
  constructor(roots: () => Promise<readonly TreeNode[]>) {
    this.#roots = roots;
  }

  refresh(): void {
    this.#changed.fire();
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return node.toTreeItem();
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (node !== undefined) return [...(await node.getChildren())];
    this.#latest = this.#roots();
    for (;;) {
      const asked = this.#latest;
      const roots = await asked;
      // A late answer to an old question is dropped for the newest one's.
      if (asked === this.#latest) return [...roots];
    }
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
