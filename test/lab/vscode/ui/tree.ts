import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';

/** One row of a tree as a user meets it. */
export interface TreeRow {
  /** What a screen reader says: the accessibility label, or else the label with its description. */
  readonly name: string;
  /** 1 for the top. */
  readonly level: number;
  /** Undefined for a row without children. */
  readonly expanded: boolean | undefined;
  /** What is written in it. */
  readonly text: string;
}

const MENU_TIMEOUT_MS = 30_000;

const yes = (): boolean => true;
const no = (): boolean => false;

/** Opens a view container by the title of its icon in the Activity Bar; does nothing if it is open. */
export async function openContainer(page: Page, title: string): Promise<void> {
  const tab = page.locator('.activitybar').getByRole('tab', { name: title });
  await tab.waitFor();
  if ((await tab.getAttribute('aria-expanded')) !== 'true') await tab.click();
}

/** Makes the side bar so many pixels wider, by its edge. */
export async function widenSidebar(page: Page, pixels: number): Promise<void> {
  const box = await page.locator('.part.sidebar').boundingBox();
  if (box === null) throw new Error('no side bar is open');
  const [x, y] = [box.x + box.width, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + pixels, y, { steps: 4 });
  await page.mouse.up();
}

/** The view with this title in its header; give it to the functions below to look at one view alone. */
export const view = (page: Page, title: string): Locator =>
  page.locator('.pane').filter({ has: page.locator(`.pane-header[aria-label^=${JSON.stringify(title)}]`) });

/** Opens a view that is folded to its header, and gives it. */
export async function openView(page: Page, title: string): Promise<Locator> {
  const header = page.locator(`.pane-header[aria-label^=${JSON.stringify(title)}]`);
  if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
  return view(page, title);
}

/** The row whose name contains the text or matches; an error if there are several. */
export const treeRow = (within: Page | Locator, name: string | RegExp): Locator =>
  within.getByRole('treeitem', { name });

/**
 * The rows in view, from the top, once they have stopped moving. VS Code draws only those, so expand and scroll
 * first what has to be seen.
 */
export async function treeRows(within: Page | Locator): Promise<readonly TreeRow[]> {
  let before = '';
  for (;;) {
    const rows = await readRows(within);
    const now = JSON.stringify(rows);
    if (now === before) return rows;
    before = now;
    await sleep(150);
  }
}

/** Reads all rows in one go: VS Code reuses a row's element for another row. */
const readRows = (within: Page | Locator): Promise<readonly TreeRow[]> =>
  within.getByRole('treeitem').evaluateAll((elements) =>
    elements
      .map((element) => ({ element, top: element.getBoundingClientRect().top }))
      .sort((one, other) => one.top - other.top)
      .map(({ element }) => {
        const expanded = element.getAttribute('aria-expanded');
        return {
          name: element.getAttribute('aria-label') ?? '',
          level: Number(element.getAttribute('aria-level')),
          expanded: expanded === null ? undefined : expanded === 'true',
          text: element.textContent.replace(/\s+/g, ' ').trim(),
        };
      }),
  );

/** Clicks a row, which selects it and runs its command, or else expands or collapses it. */
export async function clickRow(within: Page | Locator, name: string | RegExp): Promise<void> {
  await treeRow(within, name).click();
}

/** Expands a row if it is not. */
export async function expandRow(within: Page | Locator, name: string | RegExp): Promise<void> {
  const row = treeRow(within, name);
  if ((await row.getAttribute('aria-expanded')) === 'true') return;
  await row.locator('.monaco-tl-twistie').click();
  await row.and(row.page().locator('[aria-expanded="true"]')).waitFor();
}

/** Clicks one of the icons that a row shows under the pointer, by its title. */
export async function inlineAction(
  within: Page | Locator,
  name: string | RegExp,
  title: string,
): Promise<void> {
  const row = treeRow(within, name);
  await row.hover();
  await row.locator('.actions').getByRole('button', { name: title, exact: true }).click();
}

/** Chooses an entry of a row's context menu by its title. */
export async function contextMenu(
  within: Page | Locator,
  name: string | RegExp,
  title: string,
): Promise<void> {
  const menu = await openContextMenu(within, name);
  const entry = menu.getByRole('menuitem', { name: title, exact: true });
  // A fresh menu takes no clicks for a moment, lest the one that opened it choose; keys it takes at once.
  await entry.hover();
  await entry.press('Enter');
  await menu.waitFor({ state: 'hidden' });
}

/** The titles in a row's context menu, in order. */
export async function contextMenuTitles(
  within: Page | Locator,
  name: string | RegExp,
): Promise<readonly string[]> {
  const menu = await openContextMenu(within, name);
  const titles = await menu.getByRole('menuitem').locator('.action-label').allInnerTexts();
  await menu.press('Escape');
  await menu.waitFor({ state: 'hidden' });
  return titles;
}

/** Clicks a button in a view's title bar; a container's only view has it in the container's. */
export async function viewAction(within: Locator, title: string): Promise<void> {
  await within.hover();
  const own = within.locator('.pane-header');
  const container = within.page().locator('.part.sidebar > .composite.title');
  await own.or(container).getByRole('button', { name: title, exact: true }).filter({ visible: true }).click();
}

async function openContextMenu(within: Page | Locator, name: string | RegExp): Promise<Locator> {
  const row = treeRow(within, name);
  const menu = row.page().getByRole('menu').filter({ visible: true }).last();
  for (const deadline = Date.now() + MENU_TIMEOUT_MS; ;) {
    await row.click({ button: 'right' });
    const shown = menu.waitFor({ timeout: 3000 });
    if (Date.now() > deadline) await shown;
    // A webview that takes the focus at this moment closes it.
    if (await shown.then(yes, no)) return menu;
  }
}
