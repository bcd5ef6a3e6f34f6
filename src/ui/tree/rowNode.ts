import * as vscode from 'vscode';
import { visible } from '../../words/visible.ts';
import type { Target } from '../target.ts';
import { markUri } from './marks.ts';
import type { TreeNode } from './node.ts';
import { contextValue } from './row.ts';
import type { Row } from './row.ts';

function collapsibleState(row: Row): vscode.TreeItemCollapsibleState {
  if (row.children === undefined) return vscode.TreeItemCollapsibleState.None;
  return row.expanded === true
    ? vscode.TreeItemCollapsibleState.Expanded
    : vscode.TreeItemCollapsibleState.Collapsed;
}

/** A row as VS Code shows it. */
export class RowNode implements TreeNode {
  readonly id: string;
  readonly target: Target;
  readonly #row: Row;

  readonly #region: string | undefined;

  /** `region` is the one that the row and all below it are of. */
  constructor(row: Row, region?: string) {
    this.id = row.id;
    this.target = region === undefined || row.target.kind === 'plan' ? row.target : { ...row.target, region };
    this.#region = region;
    this.#row = row;
  }

  toTreeItem(): vscode.TreeItem {
    const row = this.#row;
    const item = new vscode.TreeItem(visible(row.label), collapsibleState(row));
    item.id = row.id;
    item.description = visible(row.description);
    const facts = row.tooltip.map((line) => visible(line).replaceAll('\n', ' '));
    // A string and no MarkdownString: names come from tags, which anybody may have written.
    // The label is in it too, because a long one is cut in the tree.
    item.tooltip = [visible(row.label), ...facts].join('\n');
    item.iconPath = new vscode.ThemeIcon(
      row.icon,
      row.color === undefined ? undefined : new vscode.ThemeColor(row.color),
    );
    if (row.mark !== undefined) item.resourceUri = markUri(row.id, row.mark);
    item.contextValue = contextValue(row);
    item.accessibilityInformation = { label: visible([row.label, row.description, ...facts].join(', ')) };
    return item;
  }

  getChildren(): readonly TreeNode[] {
    return this.#row.children?.().map((child) => new RowNode(child, this.#region)) ?? [];
  }
}
