import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { isExpected } from '../../core/base/errors.ts';
import { errorSentence } from '../../words/errorSentence.ts';
import { visible } from '../../words/visible.ts';
import type { ShownRegion } from '../clouds.ts';
import type { Target } from '../target.ts';
import { type Whose, regionRow } from './networkRows.ts';
import type { TreeNode } from './node.ts';
import type { Row } from './row.ts';
import { RowNode } from './rowNode.ts';

/** What stands below a Region, and what becomes of its errors. */
export interface RegionContent {
  /** Reads the Region where nothing was read of it. */
  readonly rows: (shown: ShownRegion) => Promise<readonly Row[]>;
  readonly report: (error: unknown) => void;
}

/** One of several Regions: it is read when it is opened, and its failure is its own. */
export class RegionNode implements TreeNode {
  readonly id: string;
  readonly target: Target;
  readonly #shown: ShownRegion;
  readonly #item: RowNode;
  readonly #content: RegionContent;

  /** A further one is closed until it was read. */
  constructor(shown: ShownRegion, whose: Whose, content: RegionContent, isFirst: boolean) {
    const { region, cloud } = shown;
    const { last } = cloud;
    const facts = last === undefined ? { region } : { region, takenAt: last.inventory.takenAt };
    const row = regionRow(facts, whose);
    this.#item = new RowNode({ ...row, expanded: isFirst || last !== undefined, children: () => [] });
    this.id = this.#item.id;
    this.target = this.#item.target;
    this.#shown = shown;
    this.#content = content;
  }

  toTreeItem(): vscode.TreeItem {
    return this.#item.toTreeItem();
  }

  async getChildren(): Promise<readonly TreeNode[]> {
    const { region } = this.#shown;
    try {
      const rows = await this.#content.rows(this.#shown);
      if (rows.length === 0) return [new NoteNode(`${this.id}/empty`, l10n.t('Nothing here'), 'info')];
      return rows.map((row) => new RowNode(row, region));
    } catch (error) {
      this.#content.report(error);
      const sentence = isExpected(error)
        ? errorSentence(error)
        : l10n.t('This Region cannot be read: {0}', error instanceof Error ? error.message : String(error));
      return [new NoteNode(`${this.id}/error`, sentence, 'error')];
    }
  }
}

/** A sentence where rows would be. */
class NoteNode implements TreeNode {
  readonly id: string;
  readonly #sentence: string;
  readonly #icon: string;

  constructor(id: string, sentence: string, icon: string) {
    this.id = id;
    this.#sentence = sentence;
    this.#icon = icon;
  }

  toTreeItem(): vscode.TreeItem {
    const item = new vscode.TreeItem(visible(this.#sentence));
    item.id = this.id;
    item.tooltip = visible(this.#sentence);
    item.iconPath = new vscode.ThemeIcon(this.#icon);
    return item;
  }

  getChildren(): readonly TreeNode[] {
    return [];
  }
}
