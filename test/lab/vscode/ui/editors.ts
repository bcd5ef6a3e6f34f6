import type { FrameLocator, Page } from 'playwright-core';

/** The document of a webview. VS Code keeps it in two frames; if several are open, name the one by its title. */
export function webview(page: Page, title?: string): FrameLocator {
  const inner = 'iframe#active-frame';
  const outer = page.locator('iframe.webview.ready').filter({ visible: true });
  if (title === undefined) return outer.last().contentFrame().frameLocator(inner);
  return outer.contentFrame().frameLocator(`${inner}[title=${JSON.stringify(title)}]`);
}

/** The titles of the open editors' tabs, from the left. */
export const editorTabs = (page: Page): Promise<string[]> =>
  page.locator('.tabs-container .tab .label-name').allInnerTexts();

/** Waits for an editor tab whose title contains this, and goes to it. */
export async function showEditor(page: Page, title: string): Promise<void> {
  await page.locator('.tabs-container .tab', { hasText: title }).first().click();
}
