import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Locator, Page } from 'playwright-core';
import { prepareStack } from '../../src/core/plan/preflight.ts';
import { startEditor } from '../demo/editor.ts';
import { makeHome } from '../demo/home.ts';
import { applied, startRegion, walkStack } from '../integration/aws/region.ts';
import type { Region } from '../integration/aws/region.ts';
import { showStates } from '../lab/proxy/faults/showStates.ts';
import { startFaultProxy } from '../lab/proxy/proxy.ts';
import type { FaultProxy } from '../lab/proxy/proxy.ts';
import { fillInput, runCommand, waitForQuickInput } from '../lab/vscode/ui/quickInput.ts';
import { clickRow, expandRow, openContainer, treeRow, view } from '../lab/vscode/ui/tree.ts';
import { openWorkbench } from '../lab/vscode/workbench.ts';
import { pictureOf } from './support/pictures.ts';
import { showTheme } from './support/themes.ts';

const quiet = (): void => undefined;
/** Longer than the views wait until they look again. */
const LOOKS_AGAIN_MS = 4500;

describe('The views of a Region', () => {
  let region: Region;
  let page: Page;
  let network: Locator;
  let config: (text: string) => Promise<void>;
  let credentials: (text: string) => Promise<void>;
  let given: string;
  let data: string;
  const undo: (() => Promise<void>)[] = [];

  before(async () => {
    region = await startRegion();
    undo.push(() => region.stop());
    await applied(region, await prepareStack(region.ec2, walkStack()));
    await region.ec2.allocateAddress({});
    const parent = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-views-'));
    undo.push(() => rm(parent, { recursive: true, force: true }));
    const { endpoint } = region.proxy;
    const home = await makeHome(parent, endpoint);
    config = (text) => writeFile(join(home.directory, '.aws', 'config'), `[profile lab]\n${text}\n`);
    const secret = join(home.directory, '.aws', 'credentials');
    given = await readFile(secret, 'utf8');
    credentials = (text) => writeFile(secret, text);
    data = join(parent, 'data');
    const server = await startEditor({ endpoint }, home, { serverDataDirectory: data, log: quiet });
    undo.push(() => server.stop());
    const window = await openWorkbench({ origin: server.origin, folder: home.directory, log: quiet });
    undo.push(() => window.close());
    ({ page } = window);
    await openContainer(page, 'EC2 Multi-IP');
    network = view(page, 'Network');
    await treeRow(network, /^standalone/).waitFor();
  });

  after(async () => {
    for (const end of undo.splice(0).reverse()) await end();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await pictureOf(page, `failed ${this.currentTest.title}`);
  });

  const reads = (proxy: FaultProxy = region.proxy) =>
    proxy.calls().filter(({ action }) => action === 'DescribeNetworkInterfaces').length;
  const command = (title: string) => runCommand(page, `EC2 Multi-IP: ${title}`);

  it('reads nothing anew where a row is opened', async () => {
    // Names in reverse DNS and the like are asked for after the first rows are drawn.
    let calls = 0;
    while (calls !== region.proxy.calls().length) {
      calls = region.proxy.calls().length;
      await page.waitForTimeout(2000);
    }
    await expandRow(network, /^standalone/);
    await expandRow(network, /ENI-01/);
    await treeRow(network, /192\.168\.1\.101/).waitFor();
    assert.equal(region.proxy.calls().length, calls);
  });

  it('marks by a sign and a colour, which is the theme’s own', async () => {
    const idle = treeRow(view(page, 'Elastic IPs'), /idle · \$3\.65 a month/)
      .locator('.monaco-icon-label')
      .first();
    const look = () =>
      idle.evaluate((label) => ({
        sign: getComputedStyle(label, '::after').content,
        color: getComputedStyle(label.querySelector('.label-name') ?? label).color,
      }));
    await showTheme(page, data, 'dark');
    const dark = await look();
    await showTheme(page, data, 'light');
    const light = await look();
    assert.deepEqual([dark.sign, light.sign], ['"$"', '"$"']);
    assert.notEqual(dark.color, light.color);
    const plain = treeRow(view(page, 'Elastic IPs'), /192\.168\.1\.101/)
      .locator('.label-name')
      .first();
    assert.notEqual(await plain.evaluate((label) => getComputedStyle(label).color), light.color);
  });

  it('keeps what is selected over a refresh', async () => {
    await clickRow(network, /192\.168\.1\.101/);
    const before = reads();
    await command('Refresh');
    while (reads() === before) await page.waitForTimeout(50);
    await treeRow(network, /192\.168\.1\.101/)
      .and(page.locator('[aria-selected="true"]'))
      .waitFor();
  });

  it('looks again only while something is pending', async () => {
    const settled = reads();
    await page.waitForTimeout(LOOKS_AGAIN_MS);
    assert.equal(reads(), settled);
    const restore = region.proxy.use(showStates('pending', 'pending', 'running'));
    await command('Refresh');
    while (reads() < settled + 3) await page.waitForTimeout(50);
    await page.waitForTimeout(LOOKS_AGAIN_MS);
    assert.equal(reads(), settled + 3);
    restore();
  });

  it('shows what it is filtered by, also where nothing has it', async () => {
    for (const [text, state] of [
      ['192.168.1.101', 'visible'],
      ['nowhere', 'detached'],
    ] as const) {
      await command('Filter…');
      await waitForQuickInput(page, 'Filter');
      await fillInput(page, text);
      await network.getByText(`Filter: ${text}`, { exact: true }).waitFor();
      await treeRow(network, /192\.168\.1\.100/).waitFor({ state: 'detached' });
      await treeRow(network, /192\.168\.1\.101/).waitFor({ state });
      await pictureOf(page, `filter-${text}`);
    }
    await command('Clear Filter');
    await treeRow(network, /^standalone/).waitFor();
    assert.equal(await network.getByText('Filter: ').count(), 0);
  });

  it('is given up when a person says so, and shows what it had', async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const restore = region.proxy.use(async (call, forward) => {
      if (call.action === 'DescribeNetworkInterfaces') await promise;
      return forward();
    });
    await command('Refresh');
    await command('Stop Reading');
    await treeRow(network, /^standalone/).waitFor();
    // Both views' bars end.
    while ((await page.locator('.pane .monaco-progress-container.active').count()) > 0) {
      await page.waitForTimeout(50);
    }
    restore();
    resolve(undefined);
  });

  it('says what to do where there is no Region, no credentials, or nothing', async () => {
    await config(`endpoint_url = ${region.proxy.endpoint}`);
    await network.getByText('The profile names no Region.').waitFor();
    await network.getByRole('button', { name: 'Choose Region…' }).waitFor();
    await pictureOf(page, 'welcome-no-region');
    await config(`region = us-east-1\nendpoint_url = ${region.proxy.endpoint}`);
    await treeRow(network, /^standalone/).waitFor();
    await credentials('');
    await network.getByText('choose an AWS profile that has credentials').waitFor();
    await network.getByRole('button', { name: 'Choose Profile…' }).waitFor();
    await pictureOf(page, 'welcome-no-credentials');
    await credentials(given);
    await treeRow(network, /^standalone/).waitFor();
    // An answer as of a Region in which nobody has anything.
    const restore = region.proxy.use(async (call, forward) => {
      const outcome = await forward();
      const nothing = /^Describe(Vpcs|NetworkInterfaces|Addresses|Instances)$/.test(call.action);
      if (!nothing || outcome.kind !== 'answer') return outcome;
      const body = outcome.body.replace(/<(\w+Set)>.*<\/\1>/s, '<$1/>');
      return { ...outcome, body };
    });
    await command('Refresh');
    await network.getByText('There is nothing in this Region yet.').waitFor();
    await network.getByRole('button', { name: 'Create Stack…' }).waitFor();
    await pictureOf(page, 'welcome-empty');
    restore();
  });

  it('paints the first page of a large Region while the next are still to come', async () => {
    const file = join(import.meta.dirname, '..', 'bench', 'largeRegion', 'server.ts');
    const large = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
    undo.push(() => Promise.resolve(void large.kill()));
    const [port] = (await once(createInterface(large.stdout), 'line')) as [string];
    const proxy = await startFaultProxy({ upstream: `http://127.0.0.1:${port}` });
    undo.push(() => proxy.stop());
    const { promise, resolve } = Promise.withResolvers<undefined>();
    proxy.use(async (call, forward) => {
      if (call.action === 'DescribeNetworkInterfaces' && call.params.has('NextToken')) await promise;
      return forward();
    });
    await config(`region = us-east-1\nendpoint_url = ${proxy.endpoint}`);
    const vpc = treeRow(network, /^vpc 0\b/);
    await vpc.waitFor();
    await expandRow(network, /^vpc 0\b/);
    assert.equal(reads(proxy), 1);
    await pictureOf(page, 'large-first-page');
    resolve(undefined);
    // All ten pages, once each: what is shown was not read again.
    while (reads(proxy) < 10) await page.waitForTimeout(50);
    await treeRow(view(page, 'Elastic IPs'), /^44\.0\.0\.0\b/).waitFor();
    assert.equal(reads(proxy), 10);
  });
});
