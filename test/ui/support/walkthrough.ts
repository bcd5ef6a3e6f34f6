import type { Locator, Page } from 'playwright-core';
import { pick, runCommand } from '../../lab/vscode/ui/quickInput.ts';
import type { Say } from './words.ts';

/** VS Code checks a step a moment after it is told. */
const CHECKED_TIMEOUT_MS = 10_000;

const TITLE = 'Get Your First Proven Pair';

const stepsOf = (page: Page): Locator => page.locator('.getting-started-step').filter({ visible: true });

/** Opens the extension's walkthrough as a person does who looks for it. */
export async function openWalkthrough(page: Page, say: Say): Promise<void> {
  await runCommand(page, 'Welcome: Open Walkthrough...');
  await pick(page, say(TITLE));
  await stepsOf(page).first().waitFor();
}

/** Waits until so many steps of the open walkthrough, from the first, are checked, and no more. */
export async function waitForStepsDone(page: Page, count: number): Promise<void> {
  const deadline = Date.now() + CHECKED_TIMEOUT_MS;
  for (;;) {
    const done = await stepsOf(page).evaluateAll((steps) => steps.map((step) => step.ariaChecked === 'true'));
    const wanted = done.map((_, index) => index < count);
    if (JSON.stringify(done) === JSON.stringify(wanted)) return;
    if (Date.now() > deadline) throw new Error(`${count} steps are to be checked: ${done.join()}`);
    await page.waitForTimeout(50);
  }
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
