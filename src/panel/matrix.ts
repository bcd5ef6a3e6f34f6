import type { PanelView, Place } from './protocol.ts';

/** How far a key takes the place: rows down, columns to the right. */
const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  PageDown: [10, 0],
  PageUp: [-10, 0],
  Home: [0, -Infinity],
  End: [0, Infinity],
};

const within = (wanted: number, length: number): number => Math.max(0, Math.min(length - 1, wanted));

/** Makes a table one that is walked cell by cell with the arrow keys, as ARIA's grid pattern has it. */
export class Matrix {
  readonly #table: HTMLTableElement;
  readonly #changed: () => void;
  #view: PanelView | undefined;
  #place: Place | undefined;
  /** Whether a person has gone there, now or in an earlier window. */
  #chosen = false;

  /** `changed` is told when a person goes to another cell, `entered` when they ask for what is below it. */
  constructor(
    table: HTMLTableElement,
    { changed, entered }: { readonly changed: () => void; readonly entered: () => void },
  ) {
    this.#table = table;
    this.#changed = changed;
    table.addEventListener('keydown', (event) => {
      if (this.#view?.matrix === undefined || event.altKey || event.metaKey) return;
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        entered();
        return;
      }
      const step = steps[event.key];
      if (step === undefined) return;
      event.preventDefault();
      this.#walk(step, event.ctrlKey);
    });
    table.addEventListener('click', ({ target }) => {
      if (this.#view?.matrix !== undefined && target instanceof Element) this.#choose(target);
    });
  }

  /** Where a person is; where they never were, the first cell of the first row that is at fault. */
  get place(): Place | undefined {
    return this.#place;
  }

  /** Where a person has gone, to be kept. */
  get chosen(): Place | undefined {
    return this.#chosen ? this.#place : undefined;
  }

  /** Takes over a new view, and the place that an earlier window kept. */
  update(view: PanelView, kept?: Place): void {
    this.#view = view;
    if (view.matrix === undefined) return;
    if (!this.#chosen && kept !== undefined) {
      this.#place = kept;
      this.#chosen = true;
    }
    const wanted = this.#chosen ? this.#place : undefined;
    const row = view.rows.find(({ id }) => id === wanted?.row) ?? firstAtFault(view);
    const column = within(wanted?.column ?? 0, view.columns.length);
    this.#place = row === undefined ? undefined : { row: row.id, column };
    this.#mark();
  }

  /** Puts the focus on the cell where a person is. */
  focus(): void {
    const { row, column } = this.#place ?? {};
    this.#line(row)?.cells[column ?? 0]?.focus();
  }

  #line(row: string | undefined): HTMLTableRowElement | undefined {
    return [...(this.#table.tBodies[0]?.rows ?? [])].find((line) => line.dataset['row'] === row);
  }

  #walk([down, right]: readonly [number, number], toTheEnd: boolean): void {
    const { rows = [], columns = [] } = this.#view ?? {};
    const at = rows.findIndex(({ id }) => id === this.#place?.row);
    // With Ctrl, Home and End lead to the first and the last cell of all.
    const far = toTheEnd && Math.abs(right) === Infinity ? right : down;
    const row = rows[within(at + far, rows.length)];
    if (row === undefined) return;
    this.#go({ row: row.id, column: within((this.#place?.column ?? 0) + right, columns.length) });
  }

  #choose(target: Element): void {
    const cell = target.closest<HTMLTableCellElement>('tbody td, tbody th');
    const row = cell?.closest('tr')?.dataset['row'];
    if (cell !== null && row !== undefined) this.#go({ row, column: cell.cellIndex });
  }

  #go(place: Place): void {
    this.#chosen = true;
    this.#place = place;
    this.#mark();
    this.focus();
    this.#changed();
  }

  /** One cell alone is in the order of the Tab key, and its row is the selected one. */
  #mark(): void {
    for (const line of this.#table.tBodies[0]?.rows ?? []) {
      const here = line.dataset['row'] === this.#place?.row;
      line.setAttribute('aria-selected', String(here));
      for (const cell of line.cells) {
        cell.tabIndex = here && cell.cellIndex === this.#place?.column ? 0 : -1;
      }
    }
  }
}

/** Where there is a fault, that is what a person wants to see first. */
function firstAtFault({ rows }: PanelView): PanelView['rows'][number] | undefined {
  return rows.find(({ cells }) => cells.some(({ tone }) => tone === 'bad')) ?? rows[0];
}
