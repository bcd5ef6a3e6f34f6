import { element } from './element.ts';
import { drawn, icon } from './icons.ts';
import type { LinkState, PanelWay, Shape, Station } from './protocol.ts';

/** Strokes on a 24×24 ground, one drawing a shape. */
const shapes: Readonly<Record<Shape, string>> = {
  internet: 'M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18',
  gateway: 'M4 21V10a8 8 0 0 1 16 0v11M9 21V11a3 3 0 0 1 6 0v10M2 21h20',
  pairing: 'M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1',
  route: 'M12 21V3M12 5h7l2.5 2.5L19 10h-7M12 12H5l-2.5 2.500L5 17h7',
  net: 'M9 3h6v5H9zM3 16h6v5H3zM15 16h6v5h-6zM12 8v4M6 16v-4h12v4',
  wall: 'M3 5h18v14H3zM3 9.700h18M3 14.300h18M9 5v4.700M15 9.700v4.600M9 14.300V19M15 5v0',
  shield: 'M12 3l8 3v6c0 5-4 8-8 9c-4-1-8-4-8-9V6z',
  card: 'M3 6h18v10H3zM6 16v3M9 16v3M12 16v3M7 10h4M15 10h2',
  tag: 'M12 21c-5-6-7-8.5-7-11.500a7 7 0 0 1 14 0c0 3-2 5.5-7 11.500M12 7a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5',
  host: 'M4 4h16v7H4zM4 13h16v7H4zM7 7.500h.1M7 16.500h.1M11 7.500h6M11 16.500h6',
};

/** An arrow on a 32×12 ground, to the right or to the left; a broken one has a cross on it. */
function arrow(state: LinkState, direction: 'inward' | 'outward'): SVGElement {
  const head = direction === 'inward' ? 'M26 2l5 4l-5 4' : 'M6 2l-5 4l5 4';
  const line = direction === 'inward' ? 'M1 6h29' : 'M31 6H2';
  const cross = state === 'broken' ? 'M12 2l8 8M20 2l-8 8' : '';
  const svg = drawn('0 0 32 12', `arrow ${direction} ${state}`, line, head);
  if (cross !== '') svg.append(...drawn('', '', cross).childNodes);
  svg.lastElementChild?.classList.toggle('cross', state === 'broken');
  return svg;
}

function link({ inward, outward }: Station): HTMLElement {
  return element(
    'span',
    { class: 'link', 'aria-hidden': 'true' },
    arrow(inward, 'inward'),
    arrow(outward, 'outward'),
  );
}

/** What the arrows say, for who does not see them. */
function stopped({ inward, outward }: Station, { legend }: PanelWay): string {
  if (legend === undefined) return '';
  const directions = [
    ...(inward === 'broken' ? [legend.inward] : []),
    ...(outward === 'broken' ? [legend.outward] : []),
  ];
  return directions.length === 0 ? '' : `${directions.join(', ')}: ${legend.broken}`;
}

function stationElement(station: Station, index: number, way: PanelWay, column: number): HTMLLIElement {
  const { shape, title, names, tone, state, columns } = station;
  const mark = icon(tone);
  const words = index === 0 ? '' : stopped(station, way);
  return element(
    'li',
    {
      class: `station tone-${tone}${columns.includes(column) ? ' current' : ''}`,
      ...(columns.includes(column) && { 'aria-current': 'true' }),
    },
    ...(index === 0 ? [] : [link(station)]),
    element('span', { class: 'shape', 'aria-hidden': 'true' }, drawn('0 0 24 24', '', shapes[shape])),
    element('span', { class: 'title' }, title),
    // Ids are longer than a station is wide: in full where the pointer rests, and for a screen reader.
    ...names.map((name) => element('span', { class: 'name', title: name }, name)),
    ...(state === ''
      ? []
      : [element('span', { class: 'state' }, ...(mark === undefined ? [] : [mark]), state)]),
    ...(words === '' ? [] : [element('span', { class: 'hidden' }, words)]),
  );
}

/** The picture of the way of a packet; `column` is where a person is in the matrix. */
export function wayElement(way: PanelWay, column: number): HTMLElement {
  const list = element(
    'ol',
    { class: 'way', 'aria-label': way.label },
    ...way.stations.map((station, index) => stationElement(station, index, way, column)),
  );
  const figure = element('figure', {}, element('figcaption', {}, way.label), list);
  if (way.legend !== undefined) figure.append(legendElement(way.legend));
  return figure;
}

function legendElement({ inward, outward, broken }: NonNullable<PanelWay['legend']>): HTMLElement {
  return element(
    'p',
    { class: 'legend', 'aria-hidden': 'true' },
    element('span', {}, arrow('open', 'inward'), inward),
    element('span', {}, arrow('open', 'outward'), outward),
    element('span', { class: 'broken' }, arrow('broken', 'inward'), broken),
  );
}
