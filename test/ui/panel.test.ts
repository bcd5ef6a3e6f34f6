import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { startEmulator } from '../lab/emulator/emulator.ts';
import type { Emulator } from '../lab/emulator/emulator.ts';
import type { Locale } from '../lab/vscode/server.ts';
import { webview } from '../lab/vscode/ui/editors.ts';
import { dialogButton } from '../lab/vscode/ui/messages.ts';
import {
  fillInput,
  paletteTitles,
  pick,
  pickFirst,
  quickInput,
  runCommand,
  typeInput,
  waitForQuickInput,
} from '../lab/vscode/ui/quickInput.ts';
import { contextMenuTitles, openView, treeRow, view } from '../lab/vscode/ui/tree.ts';
import { accessibilityFaults } from './support/accessibility.ts';
import { cutText } from './support/cutText.ts';
import { leftOvers } from './support/english.ts';
import { openHistoryWindow } from './support/historyWindow.ts';
import type { HistoryWindow } from './support/historyWindow.ts';
import { pictureOf } from './support/pictures.ts';
import { seededMailRun, seededRun } from './support/seededRun.ts';
import { showTheme } from './support/themes.ts';
import { closeWalkthrough, openWalkthrough } from './support/walkthrough.ts';
import { wordsOf } from './support/words.ts';

const NO_PLANS =
  'No plan has been applied yet. Whatever is changed is listed here, and can be resumed or undone.';

const NOT_OURS = new Set(['walkthrough', 'wizard']);

const VIEWPORT = { width: 1200, height: 1150 };

/** Of the window; the narrowest one leaves 220 px to the panel, which is the least that VS Code gives an editor. */
const WIDTHS = [
  ['narrow', 700],
  ['narrower', 656],
  ['narrowest', 575],
  ['middle', 1000],
  ['wider', 1140],
  ['usual', 1215],
  ['wide', 1900],
] as const;

const HOSTILE = '<img src=x onerror=alert(1)> <b>ENI</b> [x](command:y) $(trash) \u202egpj.exe 📮';

describe('The validation panel', function () {
  let emulator: Emulator;
  let parent: string;
  let window: HistoryWindow | undefined;
  let data: string;
  let page: Page;
  let panel: FrameLocator;

  before(async () => {
    emulator = await startEmulator();
    parent = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-panel-'));
    page = await open('en');
  });

  after(async () => {
    await window?.close();
    await emulator.stop();
    await rm(parent, { recursive: true, force: true });
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await pictureOf(page, `failed ${this.currentTest.title}`);
  });

  /** A window in a language, which shows the newest of two validations: the other one is of mail too. */
  async function open(locale: Locale): Promise<Page> {
    await window?.close();
    window = await openHistoryWindow({
      endpoint: emulator.endpoint,
      folder: join(parent, `data-${locale}`),
      locale,
      viewport: VIEWPORT,
      runs: [seededRun(HOSTILE), seededMailRun(HOSTILE)],
    });
    ({ data } = window);
    panel = await window.show(0);
    return window.page;
  }

  const selected = () => panel.locator('tbody tr[aria-selected="true"]');
  const current = () => panel.locator('tbody [tabindex="0"]');
  const stations = (tone: string) => panel.locator(`.station.tone-${tone} .title`).allInnerTexts();

  it('has a row a pair and a column a layer, and shows first the pair that is at fault', async () => {
    assert.deepEqual(await panel.getByRole('columnheader').allInnerTexts(), [
      ...['Private address', 'Internet gateway', 'EC2 pairing', 'Route', 'Network ACL', 'Security group'],
      ...['Instance', 'In the OS', 'On disk', 'Host firewall', 'Way back', 'From outside', 'To the outside'],
    ]);
    assert.equal(await panel.locator('tbody tr').count(), 5);
    assert.match(await selected().innerText(), /^192\.168\.1\.101/);
    assert.deepEqual(await stations('bad'), ['Security group']);
    // The link is broken in, and not out.
    assert.equal(await panel.locator('.way .arrow.broken.inward').count(), 1);
    assert.equal(await panel.locator('.way .arrow.broken.outward').count(), 0);
    assert.match(await panel.locator('.notes').innerText(), /does not let 203\.0\.113\.10 in to port 80/);
    await panel.getByText('What was seen').click();
    await panel.getByText('tcp 22 0.0.0.0/0').waitFor();
    await panel.getByRole('button', { name: 'Open Port…' }).waitFor();
  });

  it('says in words what a cell shows by its colour and its sign', async () => {
    const name = /^Security group: At fault\. The security group sg-\w+ does not let/;
    await panel.getByRole('gridcell', { name }).waitFor();
    for (const cell of await panel.getByRole('gridcell').all()) {
      const label = (await cell.getAttribute('aria-label')) ?? '';
      assert.match(label, /: (At fault|In order|Not looked at|Works|Fails)/);
      assert.equal(await cell.locator('svg.icon').count(), 1, label);
    }
    const list = panel.getByRole('list', { name: 'The way of a packet to 192.168.1.101' });
    const words = await list.getByRole('listitem').nth(5).innerText();
    assert.match(words, /Security group.*At fault.*from outside: stopped here/s);
  });

  it('is walked with the keys, with one cell in the order of Tab', async () => {
    assert.equal(await current().count(), 1);
    await current().focus();
    await current().press('ArrowDown');
    assert.match(await selected().innerText(), /^192\.168\.1\.102/);
    await panel.getByRole('list', { name: 'The way of a packet to 192.168.1.102' }).waitFor();
    await current().press('End');
    assert.equal(await panel.locator('tbody :focus').getAttribute('data-column'), 'To the outside');
    await current().press('Control+Home');
    assert.match(await panel.locator('tbody :focus').innerText(), /^192\.168\.1\.100/);
    await current().press('ArrowUp');
    assert.match(await selected().innerText(), /^192\.168\.1\.100/);
    for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await current().press(key);
    const fix = panel.locator('.row-detail button:focus');
    assert.equal(await fix.innerText(), 'Configure Guest OS…');
    await fix.press('Escape');
    assert.equal(await panel.locator('tbody :focus').count(), 1);
    await panel.getByRole('gridcell', { name: /^Way back: At fault/ }).click();
    assert.match(await selected().innerText(), /^192\.168\.1\.103/);
    // The answers leave elsewhere: what comes in gets through.
    assert.equal(await panel.locator('.way .arrow.broken.outward').count(), 1);
    assert.equal(await panel.locator('.station.current .title').innerText(), 'Operating system');
  });

  it('shows what others named as plain text', async () => {
    // What would turn the text around it has a mark in its place.
    const shown = HOSTILE.replace('\u202e', '\uFFFD');
    assert.equal(await panel.getByText(shown, { exact: true }).count(), 1);
    assert.equal(await panel.locator('img, b, a').count(), 0);
  });

  it('has its own script and style in its page, and waits for nothing to be loaded', async () => {
    const policy = await panel.locator('meta[http-equiv]').getAttribute('content');
    const [, nonce] =
      /^default-src 'none'; style-src '(nonce-[\w+/=]{20,})'; script-src '\1'$/.exec(policy ?? '') ?? [];
    assert.ok(nonce !== undefined, String(policy));
    assert.equal(await panel.locator('body [style], body [onclick], body style').count(), 0);
    const loaded = await panel
      .locator('html')
      .evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    assert.deepEqual(loaded, []);
  });

  /** Sees at each width that all can be read. */
  async function isReadable(name: string): Promise<void> {
    const faults: string[] = [];
    for (const [size, width] of WIDTHS) {
      await page.setViewportSize({ width, height: 1400 });
      await panel.locator('body').evaluate(() => new Promise(requestAnimationFrame));
      const px = await panel.locator('html').evaluate(({ clientWidth }) => clientWidth);
      faults.push(...(await cutText(panel)).map((fault) => `${size} (${px} px): ${fault}`));
      await pictureOf(page, `${name}-${size}`);
    }
    await page.setViewportSize(VIEWPORT);
    assert.deepEqual(faults, []);
  }

  it('is to be read in light, dark and high contrast, narrow and wide', async () => {
    for (const name of ['light', 'dark', 'contrast', 'contrastLight'] as const) {
      await showTheme(page, data, name);
      const stroke = panel.locator('.way .arrow.broken').first();
      assert.notEqual(await stroke.evaluate((arrow) => getComputedStyle(arrow).stroke), 'none', name);
      assert.deepEqual(await accessibilityFaults(panel), [], name);
      await pictureOf(page, `panel-${name}`);
    }
    await showTheme(page, data, 'light');
    await isReadable('panel');
  });

  it('is there again after a reload, at the same cell', async () => {
    const reloaded = page.waitForEvent('load');
    await runCommand(page, 'Developer: Reload Window');
    await reloaded;
    panel = webview(page);
    await selected().waitFor();
    assert.match(await selected().innerText(), /^192\.168\.1\.103/);
    assert.equal(await current().getAttribute('data-column'), 'Way back');
    await panel.getByRole('button', { name: 'Validate Again' }).waitFor();
  });

  /** The same with the names of mail, which take a column and a note more. */
  async function isMailReadable(name: string): Promise<void> {
    panel = (await window?.show(1)) ?? panel;
    assert.equal(await panel.getByRole('columnheader').count(), 14);
    await isReadable(name);
  }

  it('is to be read narrow and wide where the names of mail take a column more', () =>
    isMailReadable('mail'));

  it('speaks Japanese', async () => {
    page = await open('ja');
    const headers = await panel.getByRole('columnheader').allInnerTexts();
    assert.ok(
      headers.every((text) => /[\u3040-\u30ff\u4e00-\u9fff]/.test(text)),
      headers.join(),
    );
    // What others named stays as it is, and what was seen is a quotation.
    await panel.locator('body').getByText(HOSTILE.slice(0, 9)).first().waitFor();
    const text = (await panel.locator('body').innerText()).replaceAll(
      HOSTILE.replace('\u202e', '\uFFFD'),
      '',
    );
    assert.deepEqual(leftOvers(text), []);
    await pictureOf(page, 'panel-japanese');
    await isReadable('panel-japanese');
    await isMailReadable('mail-japanese');
  });

  it('is Japanese in all that is drawn around it: views, welcome, menus, wizard, plan, messages, walkthrough', async () => {
    const say = wordsOf('ja');
    const isJapanese = async (where: Locator, name: string) => {
      await where.first().waitFor();
      const texts = await where.allInnerTexts();
      // VS Code's own widgets say more to screen readers in English.
      const labelled = NOT_OURS.has(name.split('-')[0] ?? '')
        ? []
        : await where.locator('[aria-label]').all();
      const labels = await Promise.all(
        labelled.map(async (each) => (await each.getAttribute('aria-label')) ?? ''),
      );
      const text = [...texts, ...labels].join('\n');
      assert.match(text, /[\u3040-\u30ff\u4e00-\u9fff]/, name);
      assert.deepEqual(leftOvers(text), [], name);
      await pictureOf(page, `japanese-${name}`);
    };
    const input = page.locator('.quick-input-widget').filter({ visible: true });
    const network = view(page, say('Network'));
    const command = (title: string) => runCommand(page, `EC2 Multi-IP: ${say(title)}`);
    await treeRow(network, /^vpc-/).waitFor();
    await openView(page, say('Activity'));
    await page.locator('.part.sidebar').getByText(say(NO_PLANS)).waitFor();
    await isJapanese(page.locator('.part.sidebar'), 'views');
    await treeRow(network, /^vpc-/).hover();
    await isJapanese(page.locator('.workbench-hover').filter({ hasText: 'vpc-' }), 'tooltip');
    const titles = await contextMenuTitles(network, /^vpc-/);
    assert.deepEqual(titles.flatMap(leftOvers), []);
    const palette = await paletteTitles(page, 'EC2 Multi-IP: ');
    assert.deepEqual(palette.flatMap(leftOvers), []);
    await command('Validate');
    const toast = page.locator('.notifications-toasts .notification-list-item');
    await isJapanese(toast, 'message');
    await runCommand(page, 'Notifications: Clear All Notifications');
    await openWalkthrough(page, say);
    await isJapanese(
      page
        .locator('.getting-started-category-title, .getting-started-detail-container, .step-list-container')
        .filter({ visible: true }),
      'walkthrough',
    );
    await closeWalkthrough(page);
    await command('Create Stack…');
    await input.getByText(say('A new VPC')).waitFor();
    await isJapanese(input, 'wizard-0');
    await pick(page, say('A new VPC'));
    for (const step of [1, 2, 3, 4, 5]) {
      await waitForQuickInput(page, `${String(step)}/8`);
      if (step === 2) await typeInput(page, '192.168.1.0/33');
      await isJapanese(input, `wizard-${step}`);
      await fillInput(
        page,
        step === 2 ? '192.168.1.0/24' : step === 1 ? 'mail' : (await quickInput(page)).value,
      );
    }
    for (const step of [6, 7, 8]) {
      await waitForQuickInput(page, `${String(step)}/8`);
      await isJapanese(input, `wizard-${step}`);
      await pickFirst(page);
    }
    await webview(page)
      .getByRole('button', { name: say('Apply'), exact: true })
      .waitFor();
    assert.deepEqual(leftOvers(await webview(page).locator('body').innerText()), []);
    panel = webview(page);
    await isReadable('japanese-plan');
    await webview(page)
      .getByRole('button', { name: say('Apply'), exact: true })
      .click();
    await isJapanese(page.locator('.monaco-dialog-box'), 'question');
    await dialogButton(page, 'キャンセル');
  });
});
