import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFixture } from './fixture.ts';
import { runHostTests } from './hostTests.ts';
import { startVsCode, type Locale, type VsCodeServer } from './server.ts';
import { editorTabs, webview } from './ui/editors.ts';
import { dialog, dialogButton, notificationButton, waitForNotification } from './ui/messages.ts';
import {
  fillInput,
  paletteTitles,
  pick,
  pickMany,
  quickInput,
  runCommand,
  typeInput,
  waitForQuickInput,
} from './ui/quickInput.ts';
import {
  contextMenu,
  contextMenuTitles,
  expandRow,
  inlineAction,
  openContainer,
  treeRow,
  treeRows,
  view,
  viewAction,
} from './ui/tree.ts';
import { openWorkbench, type OpenWorkbench } from './workbench.ts';

const log = (): void => undefined;

describe('The real VS Code', () => {
  let directory: string;
  let extension: string;
  let folder: string;

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-harness-'));
    extension = join(directory, 'extension');
    folder = join(directory, 'folder');
    await Promise.all([mkdir(extension), mkdir(folder)]);
    await writeFixture(extension);
  });

  after(() => rm(directory, { recursive: true, force: true }));

  const withWindow = async (
    locale: Locale,
    spawnPrefix: readonly string[] | undefined,
    use: (window: OpenWorkbench, server: VsCodeServer) => Promise<void>,
  ): Promise<void> => {
    const prefix = spawnPrefix && { spawnPrefix };
    const server = await startVsCode({
      ...{ folder, extension, locale, log, env: { FIXTURE: 'from the environment' } },
      ...prefix,
    });
    try {
      const window = await openWorkbench({ origin: server.origin, folder, locale, log });
      try {
        await use(window, server);
      } finally {
        await window.close();
      }
    } finally {
      await server.stop();
    }
  };

  it('shows an extension, which the helpers drive by clicks and keys', () =>
    withWindow('en', undefined, async ({ page }) => {
      await openContainer(page, 'Fruit');
      const basket = view(page, 'Basket');
      await treeRow(basket, 'Apples').waitFor();
      await expandRow(basket, 'Apples');
      // A row unfolds before its children are there.
      await treeRow(basket, 'Boskoop').waitFor();
      assert.deepEqual(
        (await treeRows(basket)).map(({ text, level, expanded }) => [text, level, expanded]),
        [
          ['Applesripe', 1, true],
          ['Boskoopripe', 2, undefined],
          ['Elstarripe', 2, undefined],
          ['Pearsripe', 1, false],
        ],
      );
      await inlineAction(basket, 'Elstar', 'Peel');
      await waitForNotification(page, 'Peeled Elstar');
      assert.deepEqual(await contextMenuTitles(basket, 'Boskoop'), ['Peel', 'Eat']);
      await contextMenu(basket, 'Boskoop', 'Eat');
      await waitForNotification(page, 'Ate Boskoop');
      await runCommand(page, 'Fixture: Order Fruit…');
      await order(page);
    }));

  it('shows Japanese: its own words, the manifest and the extension', () =>
    withWindow('ja', undefined, async ({ page }) => {
      await openContainer(page, 'Fruit');
      assert.deepEqual(await paletteTitles(page, '果物'), ['Fixture: 果物を注文…']);
      await page.getByRole('tab', { name: 'エクスプローラー' }).waitFor();
      await viewAction(view(page, 'かご'), '果物を注文…');
      await waitForQuickInput(page, 'Kinds');
      await pickMany(page, ['Pears']);
      await pick(page, 'Small Box');
      await fillInput(page, '2');
      assert.deepEqual((await dialog(page)).buttons, ['キャンセル', 'Buy']);
      await dialogButton(page, 'Buy');
      await waitForNotification(page, '注文した Pears Small Box 2 Buy');
    }));

  it('is reached through a forwarder where it was started behind a prefix', () =>
    withWindow('en', ['env'], async ({ page }, { url, origin }) => {
      assert.match(origin, /^http:\/\/127\.0\.0\.1:\d+$/);
      assert.equal(url, `${origin}/?folder=${encodeURIComponent(folder)}`);
      await runCommand(page, 'Fixture: Order Fruit…');
      await waitForQuickInput(page, 'Kinds');
      const picture = await page.screenshot();
      assert.deepEqual([...picture.subarray(1, 4)], [...Buffer.from('PNG')]);
    }));

  const hostTests = async (run: string): Promise<{ code: number; said: string }> => {
    const tests = join(directory, 'tests.cjs');
    const said = join(directory, 'said.txt');
    await writeFile(tests, `exports.run = async () => { ${run} };`);
    const { code } = await runHostTests({
      ...{ folder, log, timeoutMs: 60_000, env: { SAID: said } },
      extensionDevelopmentPath: extension,
      extensionTestsPath: tests,
    });
    return { code, said: await readFile(said, 'utf8') };
  };

  it('runs tests in its extension host, with the extension loaded', async () => {
    const { code, said } = await hostTests(`
      const api = await require('vscode').extensions.getExtension('harness.fixture').activate();
      require('fs').writeFileSync(process.env.SAID, api.language);`);
    assert.deepEqual({ code, said }, { code: 0, said: 'en' });
  });

  it('notices that tests failed', async () => {
    const { code, said } = await hostTests(`
      require('fs').writeFileSync(process.env.SAID, 'ran');
      throw new Error('wrong');`);
    assert.equal(said, 'ran');
    assert.notEqual(code, 0);
  });
});

async function order(page: OpenWorkbench['page']): Promise<void> {
  await waitForQuickInput(page, 'Kinds');
  assert.deepEqual((await quickInput(page)).picks, ['Apples', 'Pears', 'Plums']);
  await pickMany(page, ['Apples', 'Plums']);
  await pick(page, 'Small');
  await typeInput(page, 'many');
  await page.getByText('A number, such as 3').waitFor();
  await fillInput(page, '3');
  assert.deepEqual(await dialog(page), {
    message: 'Sure?',
    detail: 'It costs money.',
    buttons: ['Cancel', 'Buy'],
  });
  await dialogButton(page, 'Buy');
  const text = 'Ordered Apples+Plums Small 3 Buy from the environment';
  assert.deepEqual(await waitForNotification(page, text), { message: text, buttons: ['Thanks'] });
  await notificationButton(page, text, 'Thanks');
  assert.deepEqual(await editorTabs(page), ['Bill']);
  assert.equal(await webview(page).getByRole('button').innerText(), 'Pay 3');
}
