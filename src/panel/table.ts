import { element } from './element.ts';
import { icon } from './icons.ts';
import { notesLine } from './notes.ts';
import type { Cell, PanelRow, PanelView } from './protocol.ts';

function cellElement(cell: Cell, column: string, isHeader: boolean, isMatrix: boolean): HTMLTableCellElement {
  const content = element('span', { class: 'text' }, cell.text);
  // A matrix has its sentences below it: in the cell they are for screen readers and for the pointer that rests.
  const told = isMatrix && !isHeader ? undefined : cell.detail;
  if (told !== undefined) content.append(element('span', { class: 'detail' }, told));
  const drawing = icon(cell.tone);
  return element(
    isHeader ? 'th' : 'td',
    {
      role: isHeader ? 'rowheader' : isMatrix ? 'gridcell' : 'cell',
      class: `tone-${cell.tone}${cell.iconOnly === true ? ' icon-only' : ''}`,
      'data-column': column,
      ...(isHeader ? { scope: 'row' } : {}),
      ...(isMatrix && { tabindex: '-1' }),
      ...(isMatrix && !isHeader && spoken(cell, column)),
    },
    element('div', { class: 'cell' }, ...(drawing === undefined ? [] : [drawing]), content),
  );
}

/** What a cell of a matrix says as a whole, and in full where the pointer rests on it. */
function spoken({ text, detail }: Cell, column: string): Readonly<Record<string, string>> {
  const full = [`${column}: ${text}`, ...(detail === undefined ? [] : [detail])].join('. ');
  return { 'aria-label': full, title: full };
}

/** Puts a cell in place only where it differs, so that nothing flickers and nothing is read out twice. */
function updateRow(
  line: HTMLTableRowElement,
  row: PanelRow,
  { columns, matrix }: Pick<PanelView, 'columns' | 'matrix'>,
): void {
  row.cells.forEach((cell, index) => {
    const wanted = cellElement(cell, columns[index] ?? '', index === 0, matrix !== undefined);
    const there = line.cells[index];
    // Where a person is in a matrix is not what makes a cell another one.
    if (there?.hasAttribute('tabindex') === true) wanted.tabIndex = there.tabIndex;
    const focused = there !== undefined && there === document.activeElement;
    if (there === undefined) line.append(wanted);
    else if (!there.isEqualNode(wanted)) there.replaceWith(wanted);
    if (focused) line.cells[index]?.focus();
  });
}

function header(columns: readonly string[]): HTMLTableSectionElement {
  const cells = columns.map((column) => element('th', { role: 'columnheader', scope: 'col' }, column));
  return element('thead', { role: 'rowgroup' }, element('tr', { role: 'row' }, ...cells));
}

/** Brings a table up to date with a view; rows are known by their ids. */
export function updateTable(
  table: HTMLTableElement,
  view: PanelView,
  press: (button: string) => void = () => undefined,
): void {
  table.setAttribute('aria-label', view.title);
  table.setAttribute('role', view.matrix === undefined ? 'table' : 'grid');
  table.classList.toggle('matrix', view.matrix !== undefined);
  const head = header(view.columns);
  if (!table.tHead?.isEqualNode(head)) table.tHead = head;
  const body = table.tBodies[0] ?? table.appendChild(element('tbody', { role: 'rowgroup' }));
  const lines = new Map([...body.rows].map((line) => [line.dataset['row'], line]));
  const wanted = view.rows.flatMap((row) => {
    const line = lines.get(row.id) ?? element('tr', { role: 'row', 'data-row': row.id });
    updateRow(line, row, view);
    const notes = view.matrix === undefined ? notesLine(row, view.columns.length, press) : undefined;
    if (notes === undefined) return [line];
    const there = lines.get(notes.dataset['row']);
    // What says the same stays: a fold that a person opened, or a button that has the focus.
    const same = there !== undefined && there.dataset['content'] === notes.dataset['content'];
    return [line, same ? there : notes];
  });
  if (wanted.some((line, index) => body.rows[index] !== line) || body.rows.length !== wanted.length) {
    body.replaceChildren(...wanted);
  }
}
