/** How a cell, and its icon, is to be felt; each has an icon of its own, so that colour says nothing alone. */
export type Tone = 'plain' | 'waiting' | 'busy' | 'good' | 'bad' | 'doubtful' | 'add' | 'change' | 'remove';

/** One cell of the table. All texts are shown as plain text, whatever is in them. */
export interface Cell {
  readonly text: string;
  readonly tone: Tone;
  /** A smaller line under the text. */
  readonly detail?: string;
  /** In a matrix: the icon is seen alone, and the text is for screen readers and narrow windows. */
  readonly iconOnly?: boolean;
}

/** How far a packet gets between one station and the one before it. */
export type LinkState = 'open' | 'broken' | 'beyond' | 'unknown';

/** What a station is drawn as. */
export type Shape =
  'internet' | 'gateway' | 'pairing' | 'route' | 'net' | 'wall' | 'shield' | 'card' | 'tag' | 'host';

/** One station on the way of a packet; links lead to it from the one before, in and back out. */
export interface Station {
  readonly shape: Shape;
  readonly title: string;
  /** What it is called, such as ids; a line each. */
  readonly names: readonly string[];
  readonly tone: Tone;
  /** Its tone in words. */
  readonly state: string;
  /** The links to it from the station before; the first station has none that is drawn. */
  readonly inward: LinkState;
  readonly outward: LinkState;
  /** The columns of the matrix that are about it. */
  readonly columns: readonly number[];
}

/** The way of a packet, from the outside in: as it is, or as it will be. */
export interface PanelWay {
  readonly label: string;
  readonly stations: readonly Station[];
  /** What the two arrows of a link mean, and what a broken one is; absent where nothing was tried yet. */
  readonly legend?: { readonly inward: string; readonly outward: string; readonly broken: string };
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
  /** In a matrix: what the row is about, in words. */
  readonly facts?: readonly { readonly name: string; readonly cell: Cell }[];
  /** In a matrix: the picture of the row. */
  readonly way?: PanelWay;
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
  /** A picture of the whole, above the table. */
  readonly picture?: PanelWay;
  /** Makes the table a matrix: cells are walked with the arrow keys, and the row chosen is shown below in full. */
  readonly matrix?: {
    /** How it is used, in a sentence. */
    readonly hint: string;
    readonly legend: readonly { readonly tone: Tone; readonly text: string }[];
  };
}

/** The cell of a matrix that a person is at. */
export interface Place {
  readonly row: string;
  readonly column: number;
}

/** What a panel keeps over a reload of the window; `memory` is the host's own, such as what was tested. */
export interface PanelState {
  readonly view: PanelView;
  readonly memory: unknown;
  /** Kept by the panel alone. */
  readonly place?: Place;
}

/** What the host tells the panel. */
export interface ToPanel {
  readonly type: 'show';
  readonly state: PanelState;
}

/** What the panel tells the host. */
export type FromPanel = { readonly type: 'ready' } | { readonly type: 'press'; readonly button: string };
