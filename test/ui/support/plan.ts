import type { Page } from 'playwright-core';
import { webview } from '../../lab/vscode/ui/editors.ts';
import { dialogButton } from '../../lab/vscode/ui/messages.ts';
import { wordsOf } from './words.ts';
import type { Say } from './words.ts';

/** Presses Apply in the plan that is shown, confirms where that is asked, and waits until all is done. */
export async function applyShownPlan(
  page: Page,
  confirmed: 'asked' | 'notAsked',
  say: Say = wordsOf('en'),
): Promise<void> {
  const panel = webview(page);
  await panel.getByRole('button', { name: say('Apply'), exact: true }).click();
  if (confirmed === 'asked') await dialogButton(page, say('Apply'));
  await panel.getByRole('button', { name: say('Close'), exact: true }).waitFor({ timeout: 60_000 });
}

/** The texts of the cells of the table in the panel that is shown, row by row. */
export async function tableCells(page: Page): Promise<readonly (readonly string[])[]> {
  const rows = await webview(page).locator('tbody tr').all();
  return Promise.all(rows.map((row) => row.locator('th, td').allInnerTexts()));
}
