import * as vscode from 'vscode';

/** Stands in for a tree until somebody looks at its view; only then the tree is made. */
export class LazyTree<T> implements vscode.TreeDataProvider<T>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #open: () => Promise<vscode.TreeDataProvider<T>>;
  #tree: vscode.TreeDataProvider<T> | undefined;
  #subscription: vscode.Disposable | undefined;

  constructor(open: () => Promise<vscode.TreeDataProvider<T>>) {
    this.#open = open;
  }

  async getChildren(element?: T): Promise<T[] | null | undefined> {
    if (this.#tree === undefined) {
      const tree = await this.#open();
      // Another question may have come first while this one waited.
      this.#subscription ??= tree.onDidChangeTreeData?.(() => {
        this.#changed.fire(undefined);
      });
      this.#tree = tree;
    }
    return this.#tree.getChildren(element);
  }

  getTreeItem(element: T): vscode.TreeItem | Thenable<vscode.TreeItem> {
    if (this.#tree === undefined) throw new Error('an element of a tree that was never made');
    return this.#tree.getTreeItem(element);
  }

  dispose(): void {
    this.#subscription?.dispose();
    this.#changed.dispose();
  }
}
