import assert from 'node:assert/strict';
import { appendFile, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AllocateAddressCommand,
  AssignPrivateIpAddressesCommand,
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  EC2Client,
  ImportKeyPairCommand,
  ModifyNetworkInterfaceAttributeCommand,
} from '@aws-sdk/client-ec2';
import type { Locator, Page } from 'playwright-core';
import { prepareStack } from '../../src/core/plan/preflight.ts';
import { startEditor } from '../demo/editor.ts';
import { makeHome } from '../demo/home.ts';
import { applied, startRegion, walkStack } from '../integration/aws/region.ts';
import type { Region } from '../integration/aws/region.ts';
import { nameAccount } from '../lab/emulator/accountAlias.ts';
import { accessKeys } from '../lab/emulator/emulator.ts';
import { secrets } from '../lab/kept.ts';
import { refuse } from '../lab/proxy/faults/refuse.ts';
import { editorTabs, webview } from '../lab/vscode/ui/editors.ts';
import { dialog, dialogButton } from '../lab/vscode/ui/messages.ts';
import {
  acceptMany,
  dismissQuickInput,
  fillInput,
  pickFirst,
  quickInput,
  runCommand,
  waitForQuickInput,
} from '../lab/vscode/ui/quickInput.ts';
import { contextMenu, expandRow, openContainer, treeRow, view } from '../lab/vscode/ui/tree.ts';
import { openWorkbench } from '../lab/vscode/workbench.ts';
import { hoverOf } from './support/hover.ts';
import { pictureOf } from './support/pictures.ts';
import { applyShownPlan } from './support/plan.ts';
import { seededRun } from './support/seededRun.ts';

const quiet = (): void => undefined;

/** Markdown, HTML, a link to a command, an icon, a turn of direction, a colour of ANSI, an emoji, a second line. */
const TRICKS =
  '<img src=x onerror=alert(1)> <b>b</b> **m** [x](command:workbench.action.quit) $(trash) \u202egpj \u009b31m 📮\n2nd ';
/** All the length that there is. */
const named = (kind: string): string => `${kind} ${TRICKS}`.padEnd(255, 'x');
/** How it is to be read: letter by letter, with a mark for what would change how the rest is read. */
const SHOWN = TRICKS.replace(/[\u202e\u009b]/g, '\uFFFD')
  .replace('\n', ' ')
  .trim();
/** In a message what would be a link stands apart. */
const SHOWN_IN_MESSAGE = SHOWN.replace('](', '] (');
/** What EC2 takes for the name of a group. */
const GROUP = '**m** [x](command:workbench.action.quit) $(trash)';
/** What a file takes for the name of a profile. */
const PROFILE = '<b>b</b> **m** $(trash) \u202egpj';
const SHOWN_PROFILE = PROFILE.replace('\u202e', '\uFFFD');
const UNSEEN = /(?!\s)[\p{Bidi_Control}\p{Cc}]/u;

/** Gives hostile names to all that has one. */
async function nameAll({ emulator }: Region): Promise<void> {
  const credentials = { accessKeyId: accessKeys.good, secretAccessKey: secrets.secretAccessKey };
  const client = new EC2Client({ endpoint: emulator.endpoint, region: 'us-east-1', credentials });
  await client.send(new AllocateAddressCommand({}));
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
  await client.send(
    new AssignPrivateIpAddressesCommand({ NetworkInterfaceId, SecondaryPrivateIpAddressCount: 1 }),
  );
  const GroupName = `group ${GROUP}`;
  const VpcId = eni?.VpcId ?? '';
  const Tags = [{ Key: 'Name', Value: named('group') }];
  const TagSpecifications = [{ ResourceType: 'security-group' as const, Tags }];
  await client.send(
    new CreateSecurityGroupCommand({ GroupName, Description: GroupName, VpcId, TagSpecifications }),
  );
  const PublicKeyMaterial = Buffer.from(PUBLIC_KEY);
  await client.send(new ImportKeyPairCommand({ KeyName: `key ${TRICKS}`, PublicKeyMaterial }));
  await nameAccount(emulator.endpoint, TRICKS);
  client.destroy();
}

const PUBLIC_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl hostile';

describe('Hostile names in the real window', () => {
  let region: Region;
  let page: Page;
  let data: string;
  const alerts: string[] = [];
  const undo: (() => Promise<void>)[] = [];

  before(async () => {
    region = await startRegion();
    undo.push(() => region.stop());
    const stack = walkStack();
    const instance = { ...stack.instance, instanceType: 't3.large' };
    await applied(region, await prepareStack(region.ec2, { ...stack, instance }));
    await nameAll(region);
    const parent = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-hostile-'));
    undo.push(() => rm(parent, { recursive: true, force: true }));
    data = join(parent, 'data');
    const { endpoint } = region.proxy;
    const home = await makeHome(parent, endpoint);
    const credentials = join(home.directory, '.aws', 'credentials');
    const given = await readFile(credentials, 'utf8');
    await appendFile(credentials, given.replace('[lab]', `[hers ${PROFILE}]\nregion = us-east-1`));
    const kept = join(data, 'data', 'User', 'globalStorage', 'ec2-multi-ip.ec2-multi-ip');
    await mkdir(kept, { recursive: true });
    await writeFile(join(kept, 'validations.json'), JSON.stringify([seededRun(named('eni'), TRICKS)]));
    const server = await startEditor({ endpoint }, home, {
      settings: { 'ec2MultiIp.endpoint': endpoint },
      serverDataDirectory: data,
      log: quiet,
    });
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
  async function isPlain(where: Locator, shown = SHOWN): Promise<void> {
    const text = (await where.innerText()).replace(/[\s⏎]+/g, ' ');
    assert.ok(text.includes(shown), text);
    assert.doesNotMatch(text, UNSEEN);
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

  /** Opens a list by its command, and sees that it is plain; it stays open. */
  async function listIsPlain(placeholder: string, shown = SHOWN): Promise<void> {
    await waitForQuickInput(page, placeholder);
    const list = page.locator('.quick-input-list');
    await list.getByText(shown.slice(0, 4)).first().waitFor();
    await isPlain(list, shown);
  }

  const command = (title: string) => runCommand(page, `EC2 Multi-IP: ${title}`);

  it('are plain in a quick pick: its labels, what stands beside them and what stands below', async () => {
    await command('Validate');
    await listIsPlain('Network interface');
    assert.ok((await quickInput(page)).picks.some((label) => label.replace(/[\s⏎]+/g, ' ').includes(SHOWN)));
    await command('Pair…');
    await listIsPlain('Private address');
    await pickFirst(page);
    await listIsPlain('Elastic IP to pair it with');
    for (const [title, placeholder] of [
      ['Release Elastic IPs…', 'Idle Elastic IPs to give back'],
      ['Tear Down…', 'What to tear down'],
      ['Create Stack…', 'VPC'],
      ['Attach Network Interface…', 'Instance'],
    ] as const) {
      await command(title);
      await listIsPlain(placeholder);
    }
    await dismissQuickInput(page);
  });

  it('are plain in the questions of a wizard', async () => {
    await command('Launch Instance…');
    await listIsPlain('Subnet');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'subnet <img' }).click();
    await listIsPlain('Security groups', GROUP);
    await acceptMany(page);
    for (const prompt of ['3/3', '1/4']) {
      await waitForQuickInput(page, prompt);
      await fillInput(page, (await quickInput(page)).value);
    }
    for (const prompt of ['2/4', '3/4']) {
      await waitForQuickInput(page, prompt);
      await pickFirst(page);
    }
    await listIsPlain('Key pair');
    await dismissQuickInput(page);
  });

  it('are plain in a validation of the past: in the list of them, and in the panel', async () => {
    await command('Show Validation History');
    await listIsPlain('Validation History');
    await pickFirst(page);
    await webview(page).getByText('What was seen').click();
    await isPlain(webview(page).locator('.row-detail'));
    assert.equal(await webview(page).locator('img, b, a').count(), 0);
    await runCommand(page, 'View: Close All Editors');
  });

  it('are plain in the title of a panel, in the panel and in a question', async () => {
    await contextMenu(view(page, 'Network'), /vpc <img/, 'Tear Down…');
    // The group that no plan made.
    const { detail: others } = await dialog(page);
    await isPlain(page.locator('.monaco-dialog-box'), SHOWN_IN_MESSAGE);
    assert.doesNotMatch(others, /^2nd/m);
    await dialogButton(page, 'Plan Their Removal');
    const apply = webview(page).getByRole('button', { name: 'Apply', exact: true });
    await apply.waitFor();
    assert.ok((await editorTabs(page)).some((title) => title.replace(/[\s⏎]+/g, ' ').includes(SHOWN)));
    await isPlain(webview(page).locator('h1'));
    const html = webview(page).locator('html');
    assert.equal(await html.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth), 0);
    assert.equal(await webview(page).locator('img, b, a').count(), 0);
    await pictureOf(page, 'hostile');
    await apply.click();
    const { message, detail } = await dialog(page);
    assert.doesNotMatch(`${message}${detail}`, UNSEEN);
    assert.equal(await page.locator('.monaco-dialog-box').locator('img, b, a[href]').count(), 0);
    await dialogButton(page, 'Cancel');
  });

  const toast = (text: string) =>
    page.locator('.notifications-toasts .notification-list-item', { hasText: text });

  it('are plain in what tells of progress', async () => {
    await contextMenu(view(page, 'Network'), /eni <img/, 'Configure Guest OS…');
    const progress = toast('Reading the network configuration of');
    await progress.waitFor();
    await isPlain(progress.locator('.notification-list-item-message'), SHOWN_IN_MESSAGE);
    await progress.getByRole('button', { name: 'Cancel' }).click();
    await progress.waitFor({ state: 'detached' });
  });

  it('are plain in a message, whoever wrote it', async () => {
    const restore = region.proxy.use(
      refuse(({ action }) => action === 'DescribeNetworkInterfaces', 'InternalFailure', TRICKS),
    );
    await runCommand(page, 'EC2 Multi-IP: Refresh');
    const message = toast('<img').locator('.notification-list-item-message');
    await message.waitFor();
    await isPlain(message, SHOWN_IN_MESSAGE);
    restore();
    await runCommand(page, 'Notifications: Clear All Notifications');
    await runCommand(page, 'EC2 Multi-IP: Refresh');
    await treeRow(view(page, 'Network'), /eni <img/).waitFor();
  });

  it('are plain in a plan that was carried out', async () => {
    // Else it may be the plan of before that is applied, whose panel is there sooner.
    await runCommand(page, 'View: Close All Editors');
    await contextMenu(view(page, 'Network'), /eni <img/, 'Add Secondary IP + EIP…');
    await waitForQuickInput(page, 'Add Secondary IP + EIP');
    await fillInput(page, '1');
    await listIsPlain('Elastic IPs for the new addresses', 'Allocate new ones');
    await pickFirst(page);
    await webview(page).getByRole('heading', { name: 'Add Addresses to' }).waitFor();
    await applyShownPlan(page, 'asked');
    await isPlain(webview(page).locator('body'));
    assert.equal(await webview(page).locator('img, b, a').count(), 0);
  });

  it('make one entry of ~/.ssh/config', async () => {
    await contextMenu(view(page, 'Network'), /eni <img/, 'Copy SSH Configuration');
    for (;;) {
      const text = await page.evaluate(() => navigator.clipboard.readText());
      if (!text.startsWith('Host ')) {
        await page.waitForTimeout(50);
        continue;
      }
      assert.match(text, /^Host [\w.-]+\n {2}HostName [\d.]+\n {2}User admin\n {2}IdentityFile \S+\n$/);
      break;
    }
  });

  it('are plain in the title of a terminal', async () => {
    await contextMenu(view(page, 'Network'), /eni <img/, 'Open SSH Terminal');
    const tab = page.locator('.terminal-tabs-entry, .single-terminal-tab').filter({ visible: true }).first();
    await tab.getByText('<img').first().waitFor();
    await isPlain(tab);
  });

  it('are plain where the account and its profile are named, and an alias that is none is left out', async () => {
    const status = page.locator('.statusbar-item').filter({ hasText: 'us-east-1' });
    assert.match(await status.innerText(), /^\s*123456789012 · us-east-1\s*$/);
    await command('Choose Profile…');
    await listIsPlain('Profile of your AWS configuration files', SHOWN_PROFILE);
    await page.locator('.quick-input-list .monaco-list-row', { hasText: SHOWN_PROFILE }).click();
    const row = treeRow(view(page, 'Network'), SHOWN_PROFILE);
    await row.waitFor();
    await isPlain(row, SHOWN_PROFILE);
    await isPlain(await hoverOf(page, status, 'AWS profile'), SHOWN_PROFILE);
    assert.match(await status.innerText(), /^\s*123456789012 · us-east-1\s*$/);
    await pictureOf(page, 'hostile-profile');
  });

  it('steer nothing that reads the log', async () => {
    const files = await readdir(join(data, 'data', 'logs'), { recursive: true });
    const logs = files.filter((file) => file.endsWith('EC2 Multi-IP.log'));
    assert.ok(logs.length > 0);
    for (const file of logs) {
      const text = await readFile(join(data, 'data', 'logs', file), 'utf8');
      assert.doesNotMatch(text, UNSEEN);
    }
  });
});
