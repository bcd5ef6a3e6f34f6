import { element } from './element.ts';
import { icon } from './icons.ts';
import type { PanelNote, PanelRow } from './protocol.ts';

function noteElement(note: PanelNote, press: (button: string) => void): HTMLLIElement {
  const { text, detail, evidence, button } = note;
  const words = element('span', { class: 'text' }, text);
  if (detail !== undefined) words.append(element('span', { class: 'detail' }, detail));
  if (evidence !== undefined) {
    const lines = evidence.lines.map((line) => element('li', {}, line));
    words.append(
      element(
        'details',
        {},
        element('summary', {}, evidence.title),
        element('ul', { class: 'evidence' }, ...lines),
      ),
    );
  }
  const drawing = icon(note.tone);
  const made = element(
    'li',
    { class: `note tone-${note.tone}` },
    ...(drawing === undefined ? [] : [drawing]),
    words,
  );
  if (button !== undefined) {
    const pressed = element('button', { id: `button-${button.id}` }, button.label);
    pressed.addEventListener('click', () => {
      press(button.id);
    });
    made.append(pressed);
  }
  return made;
}

/** What there is to say about a row; none where there is nothing. */
export function notesList(
  { notes = [] }: PanelRow,
  press: (button: string) => void,
): HTMLUListElement | undefined {
  if (notes.length === 0) return undefined;
  return element('ul', { class: 'notes' }, ...notes.map((note) => noteElement(note, press)));
}

/** The line under a row that holds what there is to say about it; none where there is nothing. */
export function notesLine(
  { id, notes = [] }: PanelRow,
  columns: number,
  press: (button: string) => void,
): HTMLTableRowElement | undefined {
  const list = notesList({ id, cells: [], notes }, press);
  if (list === undefined) return undefined;
  const cell = element('td', { role: 'cell', colspan: String(columns), class: 'notes-cell' }, list);
  const attributes = { role: 'row', 'data-row': `${id}#notes`, 'data-content': JSON.stringify(notes) };
  return element('tr', attributes, cell);
}
