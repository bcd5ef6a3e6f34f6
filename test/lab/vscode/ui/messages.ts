import type { Locator, Page } from 'playwright-core';

/** A notification on the screen. */
export interface Notification {
  readonly message: string;
  readonly buttons: readonly string[];
}

/** A modal dialog. */
export interface Dialog extends Notification {
  readonly detail: string;
}

const toasts = (page: Page): Locator => page.locator('.notifications-toasts .notification-list-item');

const dialogBox = (page: Page): Locator => page.locator('.monaco-dialog-box');

/** The notifications on the screen, the newest first. A server started with `driver` shows none. */
export async function notifications(page: Page): Promise<readonly Notification[]> {
  return Promise.all(
    (await toasts(page).all()).map(async (toast) => ({
      message: (await toast.locator('.notification-list-item-message').innerText()).trim(),
      buttons: await buttonsIn(toast.locator('.notification-list-item-buttons-container')),
    })),
  );
}

/** Waits for a notification that contains the text, and reads it. */
export async function waitForNotification(page: Page, text: string): Promise<Notification> {
  const toast = toasts(page).filter({ hasText: text }).first();
  await toast.waitFor();
  return {
    message: (await toast.locator('.notification-list-item-message').innerText()).trim(),
    buttons: await buttonsIn(toast.locator('.notification-list-item-buttons-container')),
  };
}

/** Clicks a button of the notification that contains the text. */
export async function notificationButton(page: Page, text: string, button: string): Promise<void> {
  await toasts(page)
    .filter({ hasText: text })
    .first()
    .getByRole('button', { name: button, exact: true })
    .click();
}

/** Waits for a modal dialog, and reads it. */
export async function dialog(page: Page): Promise<Dialog> {
  const box = dialogBox(page);
  await box.waitFor();
  const text = async (selector: string): Promise<string> =>
    (await box.locator(selector).allInnerTexts()).join('\n').trim();
  return {
    message: await text('.dialog-message-text'),
    detail: await text('.dialog-message-detail'),
    buttons: await buttonsIn(box.locator('.dialog-buttons')),
  };
}

/** Clicks a button of the modal dialog, and waits until the dialog is gone. */
export async function dialogButton(page: Page, button: string): Promise<void> {
  const box = dialogBox(page);
  await box.locator('.dialog-buttons').getByRole('button', { name: button, exact: true }).click();
  await box.waitFor({ state: 'hidden' });
}

const buttonsIn = async (container: Locator): Promise<readonly string[]> =>
  (await container.getByRole('button').allInnerTexts())
    .map((name) => name.trim())
    .filter((name) => name !== '');
