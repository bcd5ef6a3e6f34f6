import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import type { ValidationRun } from '../../../src/core/diagnose/run.ts';
import { startEditor } from '../../demo/editor.ts';
import { makeHome } from '../../demo/home.ts';
import type { Locale } from '../../lab/vscode/server.ts';
import { webview } from '../../lab/vscode/ui/editors.ts';
import { runCommand, waitForQuickInput } from '../../lab/vscode/ui/quickInput.ts';
import { openContainer } from '../../lab/vscode/ui/tree.ts';
import { openWorkbench } from '../../lab/vscode/workbench.ts';
import { themeSetting } from './themes.ts';
import { wordsOf } from './words.ts';

/** A real VS Code that has validated before. */
export interface HistoryWindow {
  readonly page: Page;
  /** Where its server keeps its data. */
  readonly data: string;
  /** Shows a validation of its history, the newest of which is the first; gives its panel. */
  show(index: number): Promise<FrameLocator>;
  close(): Promise<void>;
}

/** What a window that has validated before is opened with. */
export interface HistoryOptions {
  /** Where EC2 answers. */
  readonly endpoint: string;
  /** A folder for all that it keeps. */
  readonly folder: string;
  readonly locale: Locale;
  readonly viewport: { readonly width: number; readonly height: number };
  /** The newest first. */
  readonly runs: readonly ValidationRun[];
}

const quiet = (): void => undefined;

/** Opens a VS Code in the light theme, with these validations in its history. */
export async function openHistoryWindow(options: HistoryOptions): Promise<HistoryWindow> {
  const { endpoint, folder: data, locale, viewport, runs } = options;
  const kept = join(data, 'data/User/globalStorage/ec2-multi-ip.ec2-multi-ip');
  await mkdir(kept, { recursive: true });
  await writeFile(join(kept, 'validations.json'), JSON.stringify(runs));
  const home = await makeHome(data, endpoint);
  const settings = themeSetting('light');
  const server = await startEditor({ endpoint }, home, {
    locale,
    settings,
    serverDataDirectory: data,
    log: quiet,
  });
  try {
    const { origin } = server;
    const folder = home.directory;
    const window = await openWorkbench({ origin, folder, locale, viewport, log: quiet });
    const { page } = window;
    await openContainer(page, 'EC2 Multi-IP');
    const say = wordsOf(locale);
    return {
      page,
      data,
      show: async (index) => {
        // What was shown before must not be taken for this one.
        await runCommand(page, 'View: Close All Editors');
        await runCommand(page, `EC2 Multi-IP: ${say('Show Validation History')}`);
        await waitForQuickInput(page, say('Validation History'));
        await page.locator('.quick-input-list .monaco-list-row').nth(index).click();
        const panel = webview(page);
        await panel.getByRole('grid').waitFor();
        return panel;
      },
      close: async () => {
        await window.close();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
