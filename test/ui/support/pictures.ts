import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const folder = process.env['PICTURES'] ?? join(import.meta.dirname, '..', 'pictures');

/** Takes a picture of a window, into `test/ui/pictures`, or where `PICTURES` says. */
export async function pictureOf(page: Page, name: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
