import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { prepareStack } from '../../src/core/plan/preflight.ts';
import { applied, startRegion, walkStack } from '../integration/aws/region.ts';
import { webview } from '../lab/vscode/ui/editors.ts';
import { dialog } from '../lab/vscode/ui/messages.ts';
import { runCommand } from '../lab/vscode/ui/quickInput.ts';
import { contextMenu, treeRow, view } from '../lab/vscode/ui/tree.ts';
import { focusOrder, focusStop, focusable, untilFocused } from './support/focusOrder.ts';
import { openHistoryWindow } from './support/historyWindow.ts';
import type { HistoryWindow } from './support/historyWindow.ts';
import { pictureOf } from './support/pictures.ts';
import { seededMailRun, seededRun } from './support/seededRun.ts';

const VIEWPORT = { width: 1480, height: 1100 };

describe('The focus in the panels', () => {
  let window: HistoryWindow;
  let page: Page;
  const undo: (() => Promise<void>)[] = [];

  before(async () => {
    const region = await startRegion();
    undo.push(() => region.stop());
    await applied(region, await prepareStack(region.ec2, walkStack()));
    const folder = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-focus-'));
    undo.push(() => rm(folder, { recursive: true, force: true }));
    const { endpoint } = region.proxy;
    const runs = [seededRun('ENI-01'), seededMailRun('ENI-01')];
    window = await openHistoryWindow({ endpoint, folder, locale: 'en', viewport: VIEWPORT, runs });
    undo.push(() => window.close());
    ({ page } = window);
  });

  after(async () => {
    for (const end of undo.splice(0).reverse()) await end();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await pictureOf(page, `failed ${this.currentTest.title}`);
  });

  /** What Tab leads to from the top, each thing once and seen, and nothing left out; Shift+Tab leads back. */
  async function order(panel: FrameLocator): Promise<readonly string[]> {
    await panel.locator('h1').click();
    const there = await focusOrder(page, panel);
    assert.deepEqual(
      there.filter(({ seen }) => !seen),
      [],
    );
    assert.equal(there.length, await focusable(panel));
    // From the last one again: beyond it is what VS Code has.
    await panel.locator('h1').click();
    for (let count = there.length; count > 0; count -= 1) await page.keyboard.press('Tab');
    const back = await focusOrder(page, panel, 'Shift+Tab');
    assert.deepEqual(back, there.slice(0, -1).toReversed());
    return there.map(({ name }) => name);
  }

  const VALIDATION = ['Validate Again', 'Copy as Markdown', 'Copy as JSON', 'History…'];

  it('goes through a validation from its buttons by the matrix, which is one stop, to what was seen and what mends it', async () => {
    const panel = await window.show(0);
    const shown = await order(panel);
    assert.deepEqual(shown, [...VALIDATION, '192.168.1.101', 'What was seen', 'Open Port…']);
  });

  it('finds every note of a pair, and the cell again that it came from', async () => {
    const panel = await window.show(1);
    const notes = ['What was seen', 'Open Port…', 'What was seen'];
    assert.deepEqual(await order(panel), [...VALIDATION, '192.168.1.101', ...notes]);
    await panel.locator('tbody [tabindex="0"]').focus();
    for (const key of ['ArrowDown', 'End']) await page.keyboard.press(key);
    const mail = /^Mail: At fault\. 198\.51\.100\.12 has no name/;
    assert.match((await focusStop(panel))?.name ?? '', mail);
    const further: string[] = [];
    for (const key of ['Tab', 'Tab', 'Tab', 'Shift+Tab', 'Shift+Tab', 'Shift+Tab']) {
      await page.keyboard.press(key);
      further.push((await focusStop(panel))?.name ?? 'nowhere');
    }
    const [seen, fix] = ['What was seen', 'Configure Guest OS…'];
    assert.deepEqual(further.slice(0, -1), [seen, fix, seen, fix, seen]);
    assert.match(further.at(-1) ?? '', mail);
  });

  it('goes through a plan by its buttons, and is in the panel again once its question is answered', async () => {
    await runCommand(page, 'View: Close All Editors');
    const network = view(page, 'Network');
    await treeRow(network, /^standalone/).waitFor();
    await contextMenu(network, /^standalone/, 'Tear Down…');
    const panel = webview(page);
    await panel.getByRole('button', { name: 'Apply', exact: true }).waitFor();
    assert.deepEqual(await order(panel), ['Apply', 'Copy as AWS CLI Commands', 'Cancel']);
    const answered = async (key: string) => {
      await panel.getByRole('button', { name: 'Apply', exact: true }).focus();
      await page.keyboard.press('Enter');
      await dialog(page);
      await page.keyboard.press(key);
      await untilFocused(page, panel);
    };
    await answered('Escape');
    await page.keyboard.press('Tab');
    assert.equal((await focusStop(panel))?.name, 'Copy as AWS CLI Commands');
    await answered('Enter');
    await panel.getByRole('button', { name: 'Close', exact: true }).waitFor({ timeout: 60_000 });
    await page.keyboard.press('Tab');
    assert.equal((await focusStop(panel))?.name, 'Close');
  });
});
