import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTagsCommand, EC2Client, ModifyNetworkInterfaceAttributeCommand } from '@aws-sdk/client-ec2';
import type { Locator, Page } from 'playwright-core';
import { prepareStack } from '../../src/core/plan/preflight.ts';
import { startEditor } from '../demo/editor.ts';
import { makeHome } from '../demo/home.ts';
import { applied, startRegion, walkStack } from '../integration/aws/region.ts';
import type { Region } from '../integration/aws/region.ts';
import { accessKeys } from '../lab/emulator/emulator.ts';
import { secrets } from '../lab/kept.ts';
import { editorTabs, webview } from '../lab/vscode/ui/editors.ts';
import { dialog, dialogButton } from '../lab/vscode/ui/messages.ts';
import { dismissQuickInput, quickInput, runCommand, waitForQuickInput } from '../lab/vscode/ui/quickInput.ts';
import { contextMenu, expandRow, openContainer, treeRow, view } from '../lab/vscode/ui/tree.ts';
import { openWorkbench } from '../lab/vscode/workbench.ts';
import { pictureOf } from './support/pictures.ts';

const quiet = (): void => undefined;

/** Markdown, HTML, a link to a command, an icon, a turn of direction, an emoji, and all the length that there is. */
const TRICKS =
  '<img src=x onerror=alert(1)> <b>b</b> **m** [x](command:workbench.action.quit) $(trash) \u202egpj 📮 ';
const named = (kind: string): string => `${kind} ${TRICKS}`.padEnd(255, 'x');
/** How it is to be read: letter by letter, with a mark for what would turn the rest around. */
const SHOWN = TRICKS.replace('\u202e', '\uFFFD').trim();

/** Gives hostile names to all that has one. */
async function nameAll({ emulator }: Region): Promise<void> {
  const credentials = { accessKeyId: accessKeys.good, secretAccessKey: secrets.secretAccessKey };
  const client = new EC2Client({ endpoint: emulator.endpoint, region: 'us-east-1', credentials });
  const state = await emulator.state();
  const eni = state.NetworkInterfaces.find(({ TagSet = [] }) => TagSet.length > 0);
  const things: readonly (readonly [string, string | undefined])[] = [
    ['vpc', eni?.VpcId],
    ['subnet', eni?.SubnetId],
    ['group', eni?.Groups?.[0]?.GroupId],
    ['eni', eni?.NetworkInterfaceId],
    ['host', eni?.Attachment?.InstanceId],
    ...state.Addresses.map(({ AllocationId }) => ['eip', AllocationId] as const),
  ];
  for (const [kind, id = ''] of things) {
    await client.send(
      new CreateTagsCommand({ Resources: [id], Tags: [{ Key: 'Name', Value: named(kind) }] }),
    );
  }
  const NetworkInterfaceId = eni?.NetworkInterfaceId;
  const Description = { Value: named('about') };
  await client.send(new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId, Description }));
  client.destroy();
}

describe('Hostile names in the real window', () => {
  let page: Page;
  let data: string;
  const alerts: string[] = [];
  const undo: (() => Promise<void>)[] = [];

  before(async () => {
    const region = await startRegion();
    undo.push(() => region.stop());
    await applied(region, await prepareStack(region.ec2, walkStack()));
    await nameAll(region);
    const parent = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-hostile-'));
    undo.push(() => rm(parent, { recursive: true, force: true }));
    data = join(parent, 'data');
    const { endpoint } = region.emulator;
    const home = await makeHome(parent, endpoint);
    const server = await startEditor({ endpoint }, home, { serverDataDirectory: data, log: quiet });
    undo.push(() => server.stop());
    const window = await openWorkbench({ origin: server.origin, folder: home.directory, log: quiet });
    undo.push(() => window.close());
    ({ page } = window);
    page.on('dialog', (shown) => alerts.push(shown.message()));
    await openContainer(page, 'EC2 Multi-IP');
  });

  after(async () => {
    for (const end of undo.splice(0).reverse()) await end();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await pictureOf(page, `failed ${this.currentTest.title}`);
    assert.deepEqual(alerts, []);
  });

  /** That there is the text as it stands, and nothing that was made of it. */
  async function isPlain(where: Locator): Promise<void> {
    const text = await where.innerText();
    assert.ok(text.replaceAll('\u00a0', ' ').includes(SHOWN), text);
    assert.ok(!text.includes('\u202e'), text);
    assert.equal(await where.locator('img, b, strong, a[href], a[data-href], .codicon-trash').count(), 0);
  }

  it('are plain in the labels of the tree, and where the pointer rests on them', async () => {
    await expandRow(view(page, 'Network'), /vpc <img/);
    for (const [title, name] of [
      ['Network', /vpc <img/],
      ['Network', /eni <img/],
      ['Elastic IPs', /eni <img/],
    ] as const) {
      const row = treeRow(view(page, title), name).first();
      await isPlain(row);
      await row.hover({ position: { x: 90, y: 10 } });
      const hover = page.locator('.workbench-hover').filter({ hasText: 'x'.repeat(20) });
      await hover.waitFor();
      await isPlain(hover);
      await page.keyboard.press('Escape');
    }
  });

  it('are plain in a quick pick', async () => {
    await runCommand(page, 'EC2 Multi-IP: Validate');
    await waitForQuickInput(page, 'Network interface');
    assert.ok((await quickInput(page)).picks.some((label) => label.includes(SHOWN)));
    await isPlain(page.locator('.quick-input-list'));
    await dismissQuickInput(page);
  });

  it('are plain in the title of a panel, in the panel and in a question', async () => {
    await contextMenu(view(page, 'Network'), /vpc <img/, 'Tear Down…');
    const apply = webview(page).getByRole('button', { name: 'Apply', exact: true });
    await apply.waitFor();
    assert.ok((await editorTabs(page)).some((title) => title.includes(SHOWN)));
    await isPlain(webview(page).locator('h1'));
    const html = webview(page).locator('html');
    assert.equal(await html.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth), 0);
    assert.equal(await webview(page).locator('img, b, a').count(), 0);
    await pictureOf(page, 'hostile');
    await apply.click();
    const { message, detail } = await dialog(page);
    assert.ok(!`${message}${detail}`.includes('\u202e'));
    assert.equal(await page.locator('.monaco-dialog-box').locator('img, b, a[href]').count(), 0);
    await dialogButton(page, 'Cancel');
  });

  it('steer nothing that reads the log', async () => {
    const files = await readdir(join(data, 'data', 'logs'), { recursive: true });
    const logs = files.filter((file) => file.endsWith('EC2 Multi-IP.log'));
    assert.ok(logs.length > 0);
    for (const file of logs) {
      const text = await readFile(join(data, 'data', 'logs', file), 'utf8');
      assert.doesNotMatch(text, /\p{Bidi_Control}/u);
    }
  });
});
