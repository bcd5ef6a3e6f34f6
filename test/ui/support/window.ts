import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startEditor } from '../../demo/editor.ts';
import type { EditorOptions } from '../../demo/editor.ts';
import { makeHome } from '../../demo/home.ts';
import type { DemoHome } from '../../demo/home.ts';
import { startLab } from '../../lab/lab.ts';
import type { Lab } from '../../lab/lab.ts';
import { openContainer, widenSidebar } from '../../lab/vscode/ui/tree.ts';
import { openWorkbench } from '../../lab/vscode/workbench.ts';
import { pictureOf } from './pictures.ts';
import { showTheme } from './themes.ts';
import { wordsOf } from './words.ts';
import type { Say } from './words.ts';

/** A real VS Code on a lab of its own, with the extension's views open. */
export interface LabWindow {
  readonly lab: Lab;
  readonly page: Page;
  /** The person whose window it is. */
  readonly home: DemoHome;
  /** The extension's texts in the window's language. */
  readonly say: Say;
  /** Takes a picture of the window, taller where that is told; for the README, where `PICTURES` is set, in light and in dark. */
  picture(name: string, height?: number): Promise<void>;
  close(): Promise<void>;
}

const VIEWPORT = { width: 1480, height: 800 };

/** How much wider than at first the views are, so that nothing in them is cut. */
const WIDER = 270;

const quiet = (): void => undefined;

/** Starts a lab and a VS Code as the demo does, and opens it in a browser. */
export async function openLabWindow(look: Omit<EditorOptions, 'log'> = {}): Promise<LabWindow> {
  const undo: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of undo.splice(0).reverse()) await end();
  };
  try {
    const lab = await startLab({ log: quiet });
    undo.push(() => lab.stop());
    const parent = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-ui-'));
    undo.push(() => rm(parent, { recursive: true, force: true }));
    const home = await makeHome(parent, lab.endpoint);
    const data = join(parent, 'data');
    const server = await startEditor(lab, home, { ...look, serverDataDirectory: data, log: quiet });
    undo.push(() => server.stop());
    const { locale = 'en' } = look;
    const window = await openWorkbench({
      origin: server.origin,
      folder: home.directory,
      locale,
      viewport: VIEWPORT,
      log: quiet,
    });
    undo.push(() => window.close());
    await openContainer(window.page, 'EC2 Multi-IP');
    await widenSidebar(window.page, WIDER);
    const picture = async (name: string, height = VIEWPORT.height): Promise<void> => {
      await window.page.setViewportSize({ ...VIEWPORT, height });
      if (process.env['PICTURES'] === undefined) await pictureOf(window.page, name);
      else {
        for (const theme of ['dark', 'light'] as const) {
          await showTheme(window.page, data, theme);
          await pictureOf(window.page, `${name}.${locale}.${theme}`);
        }
      }
      await window.page.setViewportSize(VIEWPORT);
    };
    return { lab, page: window.page, home, say: wordsOf(locale), picture, close };
  } catch (error) {
    await close();
    throw error;
  }
}
