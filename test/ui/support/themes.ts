import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { type Settings, writeSettings } from '../../lab/vscode/settings.ts';

/** The themes by what a person calls them, and the class that a workbench has in each. */
const THEMES = {
  light: { label: 'Light Modern', shown: 'vs' },
  dark: { label: 'Dark Modern', shown: 'vs-dark' },
  contrast: { label: 'Default High Contrast', shown: 'hc-black' },
  contrastLight: { label: 'Default High Contrast Light', shown: 'hc-light' },
} as const;

/** The name of a theme. */
export type Theme = keyof typeof THEMES;

/** The setting that a window begins with a theme by. */
export const themeSetting = (theme: Theme): Settings => ({ 'workbench.colorTheme': THEMES[theme].label });

/** Changes the theme of a window, whose server keeps its data there, as a person would by the settings. */
export async function showTheme(page: Page, serverDataDirectory: string, theme: Theme): Promise<void> {
  const file = join(serverDataDirectory, 'data/Machine/settings.json');
  const settings = JSON.parse(await readFile(file, 'utf8')) as Settings;
  await writeSettings(serverDataDirectory, { ...settings, ...themeSetting(theme) });
  await page.locator(`.monaco-workbench.${THEMES[theme].shown}`).first().waitFor();
  // Webviews take the colours over a little later, and nothing says when.
  await page.waitForTimeout(500);
}
