import type * as vscode from 'vscode';

/** One row of a tree; it renders itself, and its id stays the same over a refresh. */
export interface TreeNode {
  readonly id: string;
  toTreeItem(): vscode.TreeItem;
  getChildren(): readonly TreeNode[] | Promise<readonly TreeNode[]>;
}
