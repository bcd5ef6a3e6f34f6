/** How a cell, and its icon, is to be felt; each has an icon of its own, so that colour says nothing alone. */
export type Tone = 'plain' | 'waiting' | 'busy' | 'good' | 'bad' | 'doubtful' | 'add' | 'change' | 'remove';

/** One cell of the table. All texts are shown as plain text, whatever is in them. */
export interface Cell {
  readonly text: string;
  readonly tone: Tone;
  /** A smaller line under the text. */
  readonly detail?: string;
}

/** Something to say about a row, under it: a fault, what to do, and what was seen. */
export interface PanelNote {
  readonly text: string;
  readonly tone: Tone;
  readonly detail?: string;
  /** Folded away until a person asks. */
  readonly evidence?: { readonly title: string; readonly lines: readonly string[] };
  readonly button?: PanelButton;
}

/** One row; its first cell is its header. The id stays the same over updates. */
export interface PanelRow {
  readonly id: string;
  readonly cells: readonly Cell[];
  readonly notes?: readonly PanelNote[];
}

/** A button above the table. */
export interface PanelButton {
  readonly id: string;
  readonly label: string;
  readonly primary?: boolean;
}

/** All that a panel shows, already in the user's language; sent whole at each change. */
export interface PanelView {
  readonly title: string;
  /** The state of the whole in one sentence; screen readers are told when it changes. */
  readonly summary: string;
  readonly tone: Tone;
  /** Facts about the whole, such as the monthly cost. */
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly columns: readonly string[];
  readonly rows: readonly PanelRow[];
  readonly buttons: readonly PanelButton[];
}

/** What a panel keeps over a reload of the window; `memory` is the host's own, such as what was tested. */
export interface PanelState {
  readonly view: PanelView;
  readonly memory: unknown;
}

/** What the host tells the panel. */
export interface ToPanel {
  readonly type: 'show';
  readonly state: PanelState;
}

/** What the panel tells the host. */
export type FromPanel = { readonly type: 'ready' } | { readonly type: 'press'; readonly button: string };
