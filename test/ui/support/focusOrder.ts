import type { FrameLocator, Page } from 'playwright-core';

/** One stop of the Tab key. */
export interface FocusStop {
  /** What it is called: its label, or else the first line of what stands in it. */
  readonly name: string;
  /** Whether it is seen that it has the focus. */
  readonly seen: boolean;
}

/** Where the focus is in a panel; `undefined` where it is not in it. */
export function focusStop(panel: FrameLocator): Promise<FocusStop | undefined> {
  return panel.locator('html').evaluate(({ ownerDocument: page }) => {
    const element = page.activeElement;
    if (!page.hasFocus() || !(element instanceof HTMLElement) || element === page.body) return undefined;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const { top, bottom } = element.getBoundingClientRect();
    const [line = ''] = element.innerText.split('\n');
    return {
      name: element.getAttribute('aria-label') ?? line,
      seen: outlineStyle !== 'none' && outlineWidth !== '0px' && bottom > 0 && top < innerHeight,
    };
  });
}

/** Waits until the focus is in a panel, wherever in it. */
export async function untilFocused(page: Page, panel: FrameLocator): Promise<void> {
  const root = panel.locator('html');
  while (!(await root.evaluate(({ ownerDocument }) => ownerDocument.hasFocus())))
    await page.waitForTimeout(100);
}

/** The stops of Tab or Shift+Tab from where the focus is to where it leaves the panel. */
export async function focusOrder(
  page: Page,
  panel: FrameLocator,
  key: 'Tab' | 'Shift+Tab' = 'Tab',
): Promise<readonly FocusStop[]> {
  const stops: FocusStop[] = [];
  for (;;) {
    await page.keyboard.press(key);
    const stop = await focusStop(panel);
    if (stop === undefined) return stops;
    stops.push(stop);
    // A panel that one cannot leave would never end.
    if (stops.length > 50) throw new Error(`no way out: ${stops.map(({ name }) => name).join(', ')}`);
  }
}

/** How many things of a panel a key can get at: what the order of Tab must have, each once. */
export function focusable(panel: FrameLocator): Promise<number> {
  return panel.locator('button, summary, [tabindex="0"]').filter({ visible: true }).count();
}
