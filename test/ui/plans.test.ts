import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { journalPath } from '../../src/core/plan/activities.ts';
import { applyPlan } from '../../src/core/plan/apply.ts';
import { awsHandlers } from '../../src/core/plan/changes/awsHandlers.ts';
import { openJournal } from '../../src/core/plan/journal.ts';
import { newPlanIdentity, planBuilder } from '../../src/core/plan/planBuilder.ts';
import { prepareStack } from '../../src/core/plan/preflight.ts';
import { defaultStack } from '../../src/core/plan/recipes/createStack.ts';
import { startEditor } from '../demo/editor.ts';
import { type DemoHome, makeHome } from '../demo/home.ts';
import { applied, startRegion } from '../integration/aws/region.ts';
import type { Region } from '../integration/aws/region.ts';
import { holdings } from '../lab/emulator/state.ts';
import { secrets } from '../lab/kept.ts';
import { isMutating } from '../lab/proxy/select.ts';
import { webview } from '../lab/vscode/ui/editors.ts';
import { dialog, dialogButton, notificationButton, waitForNotification } from '../lab/vscode/ui/messages.ts';
import {
  acceptMany,
  fillInput,
  pick,
  pickFirst,
  quickInput,
  runCommand,
  waitForQuickInput,
} from '../lab/vscode/ui/quickInput.ts';
import {
  contextMenu,
  expandRow,
  inlineAction,
  openContainer,
  openView,
  treeRow,
  view,
} from '../lab/vscode/ui/tree.ts';
import { openWorkbench } from '../lab/vscode/workbench.ts';
import type { OpenWorkbench } from '../lab/vscode/workbench.ts';
import { oneAfterAnother } from '../runner/oneAfterAnother.ts';
import { applyShownPlan } from './support/plan.ts';

const exec = promisify(execFile);
const quiet = (): void => undefined;
const UNFINISHED = 'A plan is unfinished';

/** Lets so many changes pass and holds the others up, until it is called. */
function holdUp({ proxy }: Region, passing: number): () => void {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  let passed = 0;
  const restore = proxy.use(async (call, forward) => {
    if (isMutating(call) && passed++ >= passing) await promise;
    return forward();
  });
  return () => {
    restore();
    resolve(undefined);
  };
}

/** Builds the walk's stack, on a type that takes more addresses. */
async function build(region: Region): Promise<void> {
  const spec = defaultStack();
  const instance = { ...spec.instance, instanceType: 't3.large' };
  await applied(region, await prepareStack(region.ec2, { ...spec, instance }));
}

describe('Plans in the real window', function () {
  // Each step stands on the one before.
  oneAfterAnother(this);

  let region: Region;
  type Held = ReturnType<typeof holdings>;
  let empty: Held;
  let atFirst: Held;
  let parent: string;
  let home: DemoHome;
  let window: OpenWorkbench;
  let page: Page;
  let open: () => Promise<OpenWorkbench>;
  const undo: (() => Promise<void>)[] = [];

  before(async () => {
    region = await startRegion();
    undo.push(() => region.stop());
    await region.emulator.setQuota(20);
    empty = await held();
    await build(region);
    atFirst = await held();
    parent = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-plans-'));
    undo.push(() => rm(parent, { recursive: true, force: true }));
    home = await makeHome(parent, region.proxy.endpoint);
    const serverDataDirectory = join(parent, 'data');
    const server = await startEditor({ endpoint: region.proxy.endpoint }, home, {
      serverDataDirectory,
      log: quiet,
    });
    undo.push(() => server.stop());
    open = async () => {
      const opened = await openWorkbench({ origin: server.origin, folder: home.directory, log: quiet });
      undo.push(() => opened.close());
      await openContainer(opened.page, 'EC2 Multi-IP');
      return opened;
    };
    window = await open();
    ({ page } = window);
  });

  after(async () => {
    for (const end of undo.splice(0).reverse()) await end();
  });

  afterEach(async function () {
    const pictures = process.env['PICTURES'];
    if (pictures !== undefined) {
      await page.screenshot({ path: join(pictures, `${this.currentTest?.title ?? 'none'}.png`) });
    }
  });

  const held = async () => holdings(await region.emulator.state());
  const eips = async () => (await region.emulator.state()).Addresses;
  const said = (text: string) => page.locator('.quick-input-message', { hasText: text }).waitFor();
  const button = (name: string, of = page) => webview(of).getByRole('button', { name, exact: true });

  /** Where the window keeps its journals. */
  async function journals(): Promise<string> {
    const all = await readdir(parent, { recursive: true, withFileTypes: true });
    const found = all.find(({ name }) => name === 'journals');
    assert.ok(found);
    return join(found.parentPath, found.name);
  }

  /** Asks for three pairs, starts, and cancels once one change is done. */
  async function cancelMidway(): Promise<void> {
    const network = view(page, 'Network');
    await expandRow(network, /standalone.*192\.168\.1\.0\/24/);
    await contextMenu(network, /ENI-01/, 'Add Secondary IP + EIP…');
    await waitForQuickInput(page, 'Add Secondary IP + EIP');
    await fillInput(page, '3');
    await button('Apply').waitFor();
    const goOn = holdUp(region, 1);
    await button('Apply').click();
    await dialogButton(page, 'Apply');
    await webview(page).getByText('Done in').first().waitFor();
    await button('Cancel').click();
    await webview(page).getByText('Cancelling: waiting for what is under way').waitFor();
    goOn();
    // What was sent is waited for, and nothing more is sent.
    await webview(page).getByText('Cancelled after 4 of 7 changes').waitFor();
  }

  it('what cannot be done is said, with what helps and nothing else', async () => {
    await runCommand(page, 'EC2 Multi-IP: Undo Plan…');
    const noPlan = await waitForNotification(page, 'There is no plan that this can be done with.');
    assert.deepEqual(noPlan.buttons, []);
    await runCommand(page, 'EC2 Multi-IP: Release Elastic IPs…');
    // Somebody else may have left one idle meanwhile.
    const noneIdle = await waitForNotification(page, 'No Elastic IP is idle');
    assert.deepEqual(noneIdle.buttons, ['Refresh']);
    await runCommand(page, 'Notifications: Clear All Notifications');
  });

  it('a cancel stops at the next safe point, and Resume goes on from there', async () => {
    const before = (await eips()).length;
    await cancelMidway();
    for (const name of ['Resume', 'Undo', 'Close']) await button(name).waitFor();
    await button('Resume').click();
    await webview(page).getByText('7 of 7 changes done').waitFor();
    const now = await eips();
    assert.equal(now.length, before + 3);
    assert.ok(now.every(({ AssociationId }) => AssociationId !== undefined));
  });

  it('what was done is taken back from its row in the Activity view', async () => {
    const activity = await openView(page, 'Activity');
    await inlineAction(activity, /Add Secondary IP \+ EIP.*done/, 'Undo Plan…');
    await button('Apply').waitFor();
    await applyShownPlan(page, 'asked');
    await treeRow(activity, /Add Secondary IP \+ EIP.*undone/).waitFor();
    assert.deepEqual(await held(), atFirst);
  });

  it('another window that opens offers to go on, and is told where this one does so already', async () => {
    await cancelMidway();
    const other = await open();
    try {
      await waitForNotification(other.page, UNFINISHED);
      const goOn = holdUp(region, 0);
      await button('Resume').click();
      await webview(page).getByText('Under way…').first().waitFor();
      await notificationButton(other.page, UNFINISHED, 'Resume');
      const { message } = await waitForNotification(other.page, 'Another window is applying this plan');
      assert.match(message, /Wait until it is done, or cancel it there/);
      goOn();
      await webview(page).getByText('7 of 7 changes done').waitFor();
      const done = await held();
      assert.equal(done.Addresses.length, atFirst.Addresses.length + 3);
      // Once the first window is done, there is nothing left to do here.
      await button('Resume', other.page).click();
      await webview(other.page).getByText('7 of 7 changes done').waitFor();
      assert.deepEqual(await held(), done);
    } finally {
      await other.close();
    }
  });

  it('a plan that was left unfinished is offered when the window opens again, and is taken back', async () => {
    const before = await held();
    await cancelMidway();
    assert.notDeepEqual(await held(), before);
    await page.reload();
    const { buttons } = await waitForNotification(page, UNFINISHED);
    assert.deepEqual(buttons, ['Resume', 'Undo']);
    await notificationButton(page, UNFINISHED, 'Undo');
    await button('Apply').waitFor();
    await applyShownPlan(page, 'asked');
    assert.deepEqual(await held(), before);
  });

  it('journals that cannot be read, and a plan of another account, are told and left alone', async () => {
    const before = await held();
    const folder = await journals();
    const builder = planBuilder();
    builder.add('eip', 'allocateEip', { name: 'x' });
    const plan = builder.build('pair', region.ec2.region, newPlanIdentity());
    const path = journalPath(folder, plan.id);
    const journal = await openJournal(path, plan, { account: '210987654321' });
    await journal.append({ type: 'intent', change: 'eip', at: Date.now() });
    await journal.close();
    const [torn, later] = [join(folder, 'torn.jsonl'), join(folder, 'later.jsonl')];
    await writeFile(torn, '{"sum":"0');
    await writeFile(later, (await readFile(path, 'utf8')).replace('"format":1', '"format":2'));
    await page.reload();
    await waitForNotification(page, 'A newer version of this extension wrote');
    await waitForNotification(page, 'ends within its first line');
    await waitForNotification(page, UNFINISHED);
    // VS Code shows no fourth message within 800 ms, and no person is as fast as that.
    await page.waitForTimeout(1000);
    await notificationButton(page, UNFINISHED, 'Resume');
    const { message } = await waitForNotification(page, 'This plan belongs to the account 210987654321');
    assert.match(message, /these credentials are of 123456789012/);
    assert.deepEqual(await held(), before);
    for (const file of [path, torn, later]) await rm(file);
    await page.reload();
  });

  it('several addresses that are selected are removed in one plan', async () => {
    const network = view(page, 'Network');
    await expandRow(network, /standalone.*192\.168\.1\.0\/24/);
    await expandRow(network, /ENI-01/);
    const rows = network.getByRole('treeitem', { name: /^192\.168\.1\.\d+/ });
    const [, second = '', third = ''] = await rows.evaluateAll((all) =>
      all.map((each) => each.getAttribute('aria-label') ?? ''),
    );
    await treeRow(network, second).click();
    await treeRow(network, third).click({ modifiers: ['Control'] });
    await contextMenu(network, third, 'Remove Addresses…');
    await acceptMany(page);
    await pick(page, 'Keep them');
    await button('Apply').waitFor();
    await applyShownPlan(page, 'asked');
    assert.equal((await eips()).filter(({ AssociationId }) => AssociationId === undefined).length, 2);
  });

  it('several Elastic IPs that are selected are released in one plan', async () => {
    const elasticIps = view(page, 'Elastic IPs');
    const before = (await eips()).length;
    const idle = elasticIps.getByRole('treeitem', { name: /idle/ });
    await idle.nth(0).click();
    await idle.nth(1).click({ modifiers: ['Control'] });
    await contextMenu(
      elasticIps,
      (await idle.nth(1).getAttribute('aria-label')) ?? '',
      'Release Elastic IPs…',
    );
    await acceptMany(page);
    await button('Apply').waitFor();
    await applyShownPlan(page, 'asked');
    assert.equal((await eips()).length, before - 2);
  });

  it('a stack is torn down only once the question about it is answered', async () => {
    await contextMenu(view(page, 'Network'), /standalone.*192\.168\.1\.0\/24/, 'Tear Down…');
    await button('Apply').waitFor();
    const before = await held();
    await button('Apply').click();
    assert.match((await dialog(page)).detail, /What is removed is gone/);
    await dialogButton(page, 'Cancel');
    assert.deepEqual(await held(), before);
    await applyShownPlan(page, 'asked');
    assert.deepEqual(await held(), empty);
  });

  it('a person without a key pair is given a key, and its passphrase is asked for twice', async () => {
    await runCommand(page, 'EC2 Multi-IP: Create Stack…');
    await pick(page, 'A new VPC');
    for (const step of [1, 2, 3, 4, 5]) {
      await waitForQuickInput(page, `${step}/8`);
      await fillInput(page, (await quickInput(page)).value);
    }
    await waitForQuickInput(page, '6/8');
    await pick(page, 't3.micro');
    await waitForQuickInput(page, '7/8');
    await pickFirst(page);
    await waitForQuickInput(page, '8/8');
    await pick(page, 'Make a new key');
    await said('Passphrase for the new key');
    await fillInput(page, secrets.passphrase);
    await said('The same passphrase once more');
    await fillInput(page, secrets.mistyped);
    await said('The two passphrases differ.');
    await fillInput(page, secrets.passphrase);
    await webview(page).getByText('Import public key as key pair “ec2-multi-ip”').waitFor();
    await applyShownPlan(page, 'asked');
    const key = join(home.directory, '.ssh', 'ec2-multi-ip');
    const { stdout } = await exec('ssh-keygen', ['-y', '-P', secrets.passphrase, '-f', key]);
    const { KeyPairs = [] } = await region.ec2.describeKeyPairs({ IncludePublicKey: true });
    assert.deepEqual(
      KeyPairs.map(({ KeyName, PublicKey }) => [KeyName, PublicKey?.trim()]),
      [['ec2-multi-ip', stdout.trim()]],
    );
  });

  it('a launch gives a key in the same way, or does without one', async () => {
    await runCommand(page, 'EC2 Multi-IP: Launch Instance…');
    await waitForQuickInput(page, '1/3');
    await pick(page, 'standalone');
    await waitForQuickInput(page, '2/3');
    await acceptMany(page);
    for (const step of ['3/3', '1/4']) {
      await waitForQuickInput(page, step);
      await fillInput(page, (await quickInput(page)).value);
    }
    for (const step of ['2/4', '3/4']) {
      await waitForQuickInput(page, step);
      await pickFirst(page);
    }
    await waitForQuickInput(page, '4/4');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'No key pair' }).waitFor();
    await pick(page, 'Make a new key');
    await said('Passphrase for the new key');
    // One without a passphrase.
    await fillInput(page, '');
    await webview(page).getByText('Import public key as key pair “ec2-multi-ip-2”').waitFor();
    await applyShownPlan(page, 'asked');
    const publicKey = await readFile(join(home.directory, '.ssh', 'ec2-multi-ip-2.pub'), 'utf8');
    const { KeyPairs = [] } = await region.ec2.describeKeyPairs({
      KeyNames: ['ec2-multi-ip-2'],
      IncludePublicKey: true,
    });
    assert.equal(KeyPairs[0]?.PublicKey?.trim(), publicKey.trim());
    const { Reservations = [] } = await region.ec2.describeInstances({
      Filters: [{ Name: 'key-name', Values: ['ec2-multi-ip-2'] }],
    });
    assert.equal(Reservations.length, 1);
  });

  it('an undo that is gone on with still says what it leaves in place for others', async () => {
    const folder = await journals();
    const { ec2 } = region;
    const { VpcId } = (await ec2.createVpc({ CidrBlock: '10.0.0.0/16' })).Vpc ?? {};
    const { InternetGatewayId } = (await ec2.createInternetGateway({})).InternetGateway ?? {};
    await ec2.attachInternetGateway({ InternetGatewayId, VpcId });
    const stack = defaultStack();
    const plan = await prepareStack(ec2, {
      ...stack,
      subnet: { ...stack.subnet, cidr: '10.0.1.0/24' },
      eni: { ...stack.eni, primary: '10.0.1.100', secondaries: [] },
      inside: { vpcId: VpcId ?? '' },
    });
    const journal = await openJournal(journalPath(folder, plan.id), plan);
    await applyPlan(plan, { handlers: awsHandlers(ec2), journal });
    await journal.close();
    // Somebody else comes to rely on the route.
    const { Subnet } = await ec2.createSubnet({ VpcId, CidrBlock: '10.0.2.0/24' });
    const { NetworkInterface } = await ec2.createNetworkInterface({ SubnetId: Subnet?.SubnetId });
    const { NetworkInterfaceId = '' } = NetworkInterface ?? {};
    const { AllocationId } = await ec2.allocateAddress({});
    await ec2.associateAddress({ AllocationId, NetworkInterfaceId });
    const left = () =>
      webview(page)
        .locator('.facts')
        .getByText(`Route 0.0.0.0/0, which ${NetworkInterfaceId} uses`)
        .waitFor();
    await page.reload();
    const activity = await openView(page, 'Activity');
    await inlineAction(activity, new RegExp(plan.id), 'Undo Plan…');
    await button('Apply').waitFor();
    await left();
    const goOn = holdUp(region, 1);
    await button('Apply').click();
    await dialogButton(page, 'Apply');
    await webview(page).getByText('Done in').first().waitFor();
    await button('Cancel').click();
    goOn();
    await webview(page).getByText('Cancelled after').waitFor();
    await page.reload();
    await notificationButton(page, UNFINISHED, 'Resume');
    await webview(page)
      .getByText(/(\d+) of \1 changes done/)
      .waitFor();
    await left();
  });
});
