import { element } from './element.ts';
import { icon } from './icons.ts';
import { notesList } from './notes.ts';
import type { PanelRow, PanelView, Place } from './protocol.ts';
import { wayElement } from './way.ts';

function factsElement({ facts = [] }: PanelRow): HTMLElement {
  const parts = facts.flatMap(({ name, cell: { text, tone, detail } }) => {
    if (text === '') return [];
    const mark = icon(tone);
    const words = element('span', { class: 'text' }, text);
    if (detail !== undefined) words.append(element('span', { class: 'detail' }, detail));
    const value = element('dd', { class: `cell tone-${tone}` }, ...(mark === undefined ? [] : [mark]), words);
    return [element('div', {}, element('dt', {}, name), value)];
  });
  return element('dl', { class: 'proofs' }, ...parts);
}

/** Shows in full the row of a matrix that a person is at: what is at fault beside the picture of its way. */
export function updateDetail(
  section: HTMLElement,
  { rows }: PanelView,
  place: Place | undefined,
  press: (button: string) => void,
): void {
  const row = rows.find(({ id }) => id === place?.row);
  // A fold that a person opened and a button that has the focus stay where nothing has changed.
  const content = JSON.stringify([row, place?.column]);
  const json = row === undefined ? '' : JSON.stringify(row);
  const same = json === section.dataset['row'];
  if (content === section.dataset['content']) return;
  section.dataset['content'] = content;
  section.dataset['row'] = json;
  section.hidden = row?.way === undefined;
  if (row?.way === undefined) return;
  const picture = wayElement(row.way, place?.column ?? 0);
  const there = section.querySelector('figure');
  if (same && there !== null) {
    there.replaceWith(picture);
    return;
  }
  const heading = element('h2', { id: 'row' }, row.cells[0]?.text ?? '');
  const about = element('span', { class: 'detail' }, row.cells[0]?.detail ?? '');
  heading.append(about);
  const notes = notesList(row, press);
  section.setAttribute('aria-labelledby', 'row');
  section.replaceChildren(heading, picture, ...(notes === undefined ? [] : [notes]), factsElement(row));
}
