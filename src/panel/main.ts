import { updateDetail } from './detail.ts';
import { element } from './element.ts';
import { icon } from './icons.ts';
import { Matrix } from './matrix.ts';
import type { FromPanel, PanelState, PanelView, ToPanel } from './protocol.ts';
import { updateTable } from './table.ts';
import { wayElement } from './way.ts';

declare function acquireVsCodeApi(): {
  postMessage(message: FromPanel): void;
  getState(): PanelState | undefined;
  setState(state: PanelState): void;
};

const vscode = acquireVsCodeApi();
const title = element('h1');
const summary = element('p', { class: 'summary', role: 'status', 'aria-live': 'polite' });
const facts = element('dl', { class: 'facts' });
const buttons = element('div', { class: 'buttons', role: 'toolbar' });
const table = element('table', { role: 'table' });
const picture = element('div', { class: 'picture' });
const legend = element('p', { class: 'legend', id: 'legend' });
const detail = element('section', { class: 'row-detail', hidden: '' });
let shown: PanelState | undefined;

const press = (button: string): void => {
  vscode.postMessage({ type: 'press', button });
};

const matrix = new Matrix(table, {
  changed: () => {
    if (shown !== undefined) showDetail(shown);
  },
  entered: () => {
    const first = detail.querySelector<HTMLElement>('button') ?? detail.querySelector('summary');
    first?.focus();
  },
});
// Back to where one came from.
detail.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') matrix.focus();
});

/** Shows the row that a person is at, and keeps where that is. */
function showDetail({ view, memory }: PanelState): void {
  if (view.matrix === undefined) vscode.setState({ view, memory });
  else {
    updateDetail(detail, view, matrix.place, press);
    const { chosen } = matrix;
    vscode.setState({ view, memory, ...(chosen !== undefined && { place: chosen }) });
  }
}

function showLegend({ matrix: { hint, legend: signs } = { hint: '', legend: [] } }: PanelView): void {
  legend.hidden = hint === '';
  const parts = signs.map(({ tone, text }) => {
    const drawing = icon(tone);
    return element('span', { class: `tone-${tone}` }, ...(drawing === undefined ? [] : [drawing]), text);
  });
  legend.replaceChildren(...parts, element('span', { id: 'hint' }, hint));
  if (hint !== '') table.setAttribute('aria-describedby', 'hint');
}

function showSummary(view: PanelView): void {
  const drawing = icon(view.tone);
  const wanted = element('p', {}, ...(drawing === undefined ? [] : [drawing]), view.summary);
  summary.className = `summary tone-${view.tone}`;
  if (summary.textContent !== view.summary || summary.children.length !== wanted.children.length) {
    summary.replaceChildren(...wanted.childNodes);
  }
}

function showFacts(view: PanelView): void {
  facts.replaceChildren(
    ...view.facts.map(({ name, value }) =>
      element('div', {}, element('dt', {}, name), element('dd', {}, value)),
    ),
  );
}

function showButtons(view: PanelView): void {
  const focused = document.activeElement?.id;
  buttons.setAttribute('aria-label', view.title);
  buttons.replaceChildren(
    ...view.buttons.map(({ id, label, primary }) => {
      const button = element(
        'button',
        { id: `button-${id}`, class: primary === true ? 'primary' : '' },
        label,
      );
      button.addEventListener('click', () => {
        press(id);
      });
      return button;
    }),
  );
  if (focused?.startsWith('button-') === true) document.getElementById(focused)?.focus();
}

let shownPicture = '';

function showPicture({ picture: way }: PanelView): void {
  const wanted = JSON.stringify(way ?? '');
  // What stays is left alone, for whoever is reading it.
  if (wanted !== shownPicture) picture.replaceChildren(...(way === undefined ? [] : [wayElement(way, 0)]));
  shownPicture = wanted;
}

let shownButtons = '';

function show(state: PanelState): void {
  const { view } = state;
  title.textContent = view.title;
  document.title = view.title;
  showSummary(view);
  showFacts(view);
  showPicture(view);
  const wantedButtons = JSON.stringify(view.buttons);
  // A button that stays is left alone: replacing it would swallow a click that is under way.
  if (wantedButtons !== shownButtons) showButtons(view);
  shownButtons = wantedButtons;
  updateTable(table, view, press);
  matrix.update(view, state.place);
  showLegend(view);
  shown = state;
  showDetail(state);
}

document.body.append(
  element('header', {}, title, summary, facts, buttons),
  element('main', {}, picture, table, legend, detail),
);
window.addEventListener('message', (event: MessageEvent<ToPanel>) => {
  show(event.data.state);
});
// First of all, so that the host shows what is so now whatever becomes of what was kept, perhaps by an older version.
vscode.postMessage({ type: 'ready' });
const kept = vscode.getState();
if (kept !== undefined) show(kept);
