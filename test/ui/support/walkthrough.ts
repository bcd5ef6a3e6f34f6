import type { Locator, Page } from 'playwright-core';
import { pick, runCommand } from '../../lab/vscode/ui/quickInput.ts';
import type { Say } from './words.ts';

const TITLE = 'Get Your First Proven Pair';

const stepsOf = (page: Page): Locator => page.locator('.getting-started-step').filter({ visible: true });

/** Opens the extension's walkthrough as a person does who looks for it. */
export async function openWalkthrough(page: Page, say: Say): Promise<void> {
  await runCommand(page, 'Welcome: Open Walkthrough...');
  await pick(page, say(TITLE));
  await stepsOf(page).first().waitFor();
}

/** Which steps of the open walkthrough are checked, in order. */
export function stepsDone(page: Page): Promise<readonly boolean[]> {
  return stepsOf(page).evaluateAll((steps) => steps.map((step) => step.ariaChecked === 'true'));
}

/** Opens a step of the open walkthrough, and waits until the picture whose address contains this is drawn beside it. */
export async function waitForStepPicture(page: Page, title: string, address: string): Promise<void> {
  await openStep(page, title);
  const picture = page.locator(`.getting-started-media img[srcset*=${JSON.stringify(address)}]`);
  await picture.waitFor();
  while (!(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth > 0))) {
    await page.waitForTimeout(50);
  }
}

/** Presses a button of a step in the open walkthrough. */
export async function pressInStep(page: Page, title: string, button: string): Promise<void> {
  const step = await openStep(page, title);
  await step.getByRole('button', { name: button, exact: true }).click();
}

/** Closes the walkthrough, wherever its tab is; VS Code calls that by the name of its own page. */
export async function closeWalkthrough(page: Page): Promise<void> {
  const tab = page.locator('.tab[data-resource-name="vscode_getting_started_page"]');
  await tab.click({ button: 'middle' });
  await tab.waitFor({ state: 'detached' });
}

async function openStep(page: Page, title: string): Promise<Locator> {
  const step = stepsOf(page).filter({ has: page.locator('.step-title', { hasText: title }) });
  if ((await step.getAttribute('aria-expanded')) !== 'true') await step.locator('.step-title').click();
  return step;
}
