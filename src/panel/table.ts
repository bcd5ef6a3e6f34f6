import { element } from './element.ts';
import { icon } from './icons.ts';
import { notesLine } from './notes.ts';
import type { Cell, PanelRow, PanelView } from './protocol.ts';

function cellElement(cell: Cell, column: string, isHeader: boolean): HTMLTableCellElement {
  const content = element('span', { class: 'text' }, cell.text);
  if (cell.detail !== undefined) content.append(element('span', { class: 'detail' }, cell.detail));
  const drawing = icon(cell.tone);
  return element(
    isHeader ? 'th' : 'td',
    {
      role: isHeader ? 'rowheader' : 'cell',
      class: `tone-${cell.tone}`,
      'data-column': column,
      ...(isHeader ? { scope: 'row' } : {}),
    },
    element('div', { class: 'cell' }, ...(drawing === undefined ? [] : [drawing]), content),
  );
}

/** Puts a cell in place only where it differs, so that nothing flickers and nothing is read out twice. */
function updateRow(line: HTMLTableRowElement, row: PanelRow, columns: readonly string[]): void {
  row.cells.forEach((cell, index) => {
    const wanted = cellElement(cell, columns[index] ?? '', index === 0);
    const there = line.cells[index];
    if (there === undefined) line.append(wanted);
    else if (!there.isEqualNode(wanted)) there.replaceWith(wanted);
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
  const head = header(view.columns);
  if (!table.tHead?.isEqualNode(head)) table.tHead = head;
  const body = table.tBodies[0] ?? table.appendChild(element('tbody', { role: 'rowgroup' }));
  const lines = new Map([...body.rows].map((line) => [line.dataset['row'], line]));
  const wanted = view.rows.flatMap((row) => {
    const line = lines.get(row.id) ?? element('tr', { role: 'row', 'data-row': row.id });
    updateRow(line, row, view.columns);
    const notes = notesLine(row, view.columns.length, press);
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
