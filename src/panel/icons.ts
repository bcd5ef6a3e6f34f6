import type { Tone } from './protocol.ts';

const namespace = 'http://www.w3.org/2000/svg';

/** Strokes on a 16×16 ground, one drawing a tone. */
const drawings: Readonly<Record<Tone, string>> = {
  plain: '',
  waiting: 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11',
  busy: 'M8 2.5a5.5 5.5 0 0 1 5.5 5.5',
  good: 'M3 8.5l3.5 3.5L13 4.5',
  bad: 'M4 4l8 8M12 4l-8 8',
  doubtful: 'M5.5 6a2.5 2.5 0 1 1 3.6 2.2C8.3 8.6 8 9 8 10M8 12.6v.1',
  add: 'M8 3v10M3 8h10',
  change: 'M2.5 9.5c1.5-3 3.5-3 5.5-1.5s4 1.5 5.5-1.5',
  remove: 'M3 8h10',
};

/** A drawing of strokes, hidden from screen readers. */
export function drawn(viewBox: string, className: string, ...strokes: readonly string[]): SVGElement {
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', viewBox);
  svg.setAttribute('class', className);
  svg.setAttribute('aria-hidden', 'true');
  for (const stroke of strokes) {
    const path = document.createElementNS(namespace, 'path');
    path.setAttribute('d', stroke);
    svg.append(path);
  }
  return svg;
}

/** The icon of a tone, or `undefined` where it has none; hidden from screen readers, which read the text. */
export function icon(tone: Tone): SVGElement | undefined {
  return drawings[tone] === '' ? undefined : drawn('0 0 16 16', 'icon', drawings[tone]);
}
