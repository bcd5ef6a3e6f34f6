import type { Locator, Page } from 'playwright-core';

/** What the quick input (palette, quick pick or input box) shows at the moment. */
export interface QuickInputState {
  readonly title: string;
  readonly placeholder: string;
  readonly value: string;
  /** The prompt, or what is wrong with the value. */
  readonly message: string;
  /** The labels of the picks in view, in order; none for an input box. */
  readonly picks: readonly string[];
}

const COMMAND_TIMEOUT_MS = 30_000;

const yes = (): boolean => true;
const no = (): boolean => false;

const widget = (page: Page): Locator => page.locator('.quick-input-widget').filter({ visible: true });

const box = (page: Page): Locator => widget(page).locator('.quick-input-box input');

const rows = (page: Page): Locator => widget(page).locator('.quick-input-list .monaco-list-row');

/**
 * Opens the palette and types. A webview that is only just there may swallow the key, or take the focus from the
 * palette, which ends it: then it is opened anew.
 */
async function typeInPalette(page: Page, text: string): Promise<void> {
  const deadline = Date.now() + COMMAND_TIMEOUT_MS;
  for (;;) {
    await page.keyboard.press('F1');
    const typed = box(page).fill(`>${text}`, { timeout: 2000 });
    if (Date.now() > deadline) return typed;
    if (await typed.then(yes, no)) return;
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  }
}

/**
 * Runs a command from the palette by its whole title as shown there, such as `EC2 Multi-IP: Refresh`. An open
 * palette does not notice new commands, so right after the start it is opened until the command is there.
 */
export async function runCommand(page: Page, title: string): Promise<void> {
  const deadline = Date.now() + COMMAND_TIMEOUT_MS;
  for (;;) {
    await typeInPalette(page, title);
    const command = row(page, title);
    if (Date.now() > deadline) return command.click({ timeout: 1000 });
    // The palette draws its rows anew while it sorts them, so a click may miss the row that it saw.
    const ran = command.waitFor({ timeout: 1000 }).then(() => command.click({ timeout: 1000 }));
    if (await ran.then(yes, no)) return;
    // It may be gone by itself.
    await page.keyboard.press('Escape');
  }
}

/** The titles that the palette offers for a text. */
export async function paletteTitles(page: Page, text: string): Promise<readonly string[]> {
  await typeInPalette(page, text);
  await rows(page).first().waitFor();
  const { picks } = await quickInput(page);
  await dismissQuickInput(page);
  return picks;
}

/** Accepts the pick whose label is this (the description and detail beside it do not count). */
export async function pick(page: Page, label: string): Promise<void> {
  await row(page, label).click();
}

/** Goes one question back. */
export async function goBack(page: Page): Promise<void> {
  await widget(page).locator('.codicon-quick-input-back').click();
}

/** Accepts the first pick, once there is one. */
export async function pickFirst(page: Page): Promise<void> {
  await rows(page).first().click();
}

/** Accepts the first pick of a last question, which then goes; a list that is just being drawn may miss a click. */
export async function pickFirstAndLast(page: Page): Promise<void> {
  for (;;) {
    await pickFirst(page);
    const gone = widget(page).waitFor({ state: 'hidden', timeout: 2000 });
    if (await gone.then(yes, no)) return;
  }
}

/** Sets the check boxes of a quick pick to just these labels, and accepts. */
export async function pickMany(page: Page, wanted: readonly string[]): Promise<void> {
  await rows(page).first().waitFor();
  for (const each of await rows(page).all()) {
    const label = await labelOf(each);
    const checkbox = each.getByRole('checkbox');
    const checked = (await checkbox.getAttribute('aria-checked')) === 'true';
    if (checked !== wanted.includes(label)) await checkbox.click();
  }
  await acceptMany(page);
}

/** Accepts the check boxes of a quick pick as they are. */
export async function acceptMany(page: Page): Promise<void> {
  await widget(page)
    .getByRole('button', { name: /^(OK|了解)$/ })
    .click();
}

/** Types into the input box in place of what is there, and accepts. */
export async function fillInput(page: Page, text: string): Promise<void> {
  await box(page).fill(text);
  await box(page).press('Enter');
}

/** Types into the input box in place of what is there, and leaves it open: for what is said of a bad value. */
export async function typeInput(page: Page, text: string): Promise<void> {
  await box(page).fill(text);
}

/** Waits for a quick input whose title or placeholder contains this. */
export async function waitForQuickInput(page: Page, text: string): Promise<void> {
  const title = widget(page).locator('.quick-input-title', { hasText: text });
  const placeholder = widget(page).locator(`input[placeholder*=${JSON.stringify(text)}]`);
  await title.or(placeholder).first().waitFor();
}

/** What the open quick input shows. */
export async function quickInput(page: Page): Promise<QuickInputState> {
  await box(page).waitFor();
  const text = async (selector: string): Promise<string> =>
    (await widget(page).locator(selector).allInnerTexts()).join(' ').trim();
  return {
    title: await text('.quick-input-title'),
    placeholder: (await box(page).getAttribute('placeholder')) ?? '',
    value: await box(page).inputValue(),
    message: await text('.quick-input-message'),
    picks: await Promise.all((await rows(page).all()).map(labelOf)),
  };
}

/** Closes the quick input as a user does who has changed their mind. */
export async function dismissQuickInput(page: Page): Promise<void> {
  await box(page).press('Escape');
  await widget(page).waitFor({ state: 'hidden' });
}

function row(page: Page, label: string): Locator {
  const exactly = new RegExp(`^\\s*${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
  return rows(page).filter({ has: page.locator('.label-name', { hasText: exactly }) });
}

const labelOf = async (each: Locator): Promise<string> =>
  (await each.locator('.label-name').first().innerText()).trim();
