import type { RowToken } from '../contributions.ts';
import type { Target } from '../target.ts';

/** How an address pair, or an EIP, is doing. */
export type Mark = 'proven' | 'failing' | 'unproven' | 'idle';

/** What a tree row shows, as plain data that needs no VS Code. All texts are shown as plain text. */
export interface Row {
  /** Stable over refreshes, unique in its tree. */
  readonly id: string;
  readonly target: Target;
  readonly label: string;
  readonly description: string;
  /** Lines of facts. */
  readonly tooltip: readonly string[];
  /** A codicon's name. */
  readonly icon: string;
  /** A theme colour's id. */
  readonly color?: string;
  /** Colours the label, and marks it. */
  readonly mark?: Mark;
  readonly tokens: readonly RowToken[];
  readonly expanded?: boolean;
  /** Absent for a leaf; asked when the row is opened. */
  readonly children?: () => readonly Row[];
}

/** The `contextValue` that `when` clauses match: the kind and then the capabilities. */
export function contextValue(row: Row): string {
  return [row.target.kind, ...row.tokens].join(' ');
}
