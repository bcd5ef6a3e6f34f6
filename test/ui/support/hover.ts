import type { Locator, Page } from 'playwright-core';

/**
 * What VS Code shows where the pointer rests on something, once it says `text`. What is drawn anew under the pointer
 * meanwhile loses it, so that the pointer comes back until it is shown.
 */
export async function hoverOf(page: Page, on: Locator, text: string): Promise<Locator> {
  const hover = page.locator('.workbench-hover').filter({ hasText: text });
  const shown = (): Promise<boolean> =>
    hover.waitFor({ timeout: 3000 }).then(
      () => true,
      () => false,
    );
  for (let tries = 0; tries < 10; tries += 1) {
    await on.hover();
    if (await shown()) return hover;
    await page.mouse.move(0, 0);
  }
  await hover.waitFor({ timeout: 1000 });
  return hover;
}
