import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { holdings } from '../lab/emulator/state.ts';
import { showEditor, webview } from '../lab/vscode/ui/editors.ts';
import {
  dismissQuickInput,
  fillInput,
  pick,
  pickFirst,
  quickInput,
  runCommand,
  typeInput,
  waitForQuickInput,
} from '../lab/vscode/ui/quickInput.ts';
import { contextMenu, expandRow, treeRow, view } from '../lab/vscode/ui/tree.ts';
import { applyShownPlan, tableCells } from './support/plan.ts';
import { openLabWindow } from './support/window.ts';
import type { LabWindow } from './support/window.ts';

/** What is on the clipboard, once it is what is waited for. */
async function copied(page: Page, wanted: RegExp): Promise<string> {
  for (;;) {
    const text = await page.evaluate(() => navigator.clipboard.readText());
    if (wanted.test(text)) return text;
    await page.waitForTimeout(100);
  }
}

/** What a wizard step is asked to be, in order; `undefined` takes what is proposed. */
const ANSWERS = ['mail', undefined, undefined, undefined, undefined] as const;

describe('The walk by clicking', function () {
  // Each step stands on the one before.
  this.bail(true);

  let window: LabWindow;
  let page: Page;
  let held: ReturnType<typeof holdings>;

  before(async () => {
    window = await openLabWindow();
    ({ page } = window);
    held = holdings(await window.lab.state());
  });

  after(() => window.close());

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await window.picture(`failed ${this.currentTest.title}`);
  });

  it('says what is wrong with a range as one types', async () => {
    await runCommand(page, 'EC2 Multi-IP: Create Stack…');
    await pick(page, 'A new VPC');
    await waitForQuickInput(page, '1/8');
    await fillInput(page, 'mail');
    await waitForQuickInput(page, '2/8');
    await typeInput(page, '192.168.1.0/30');
    assert.match((await quickInput(page)).message, /\/16.*\/28/);
    await dismissQuickInput(page);
  });

  it('shows the plan of a stack, with what it costs, before anything is made', async () => {
    await runCommand(page, 'EC2 Multi-IP: Create Stack…');
    await pick(page, 'A new VPC');
    for (const [index, answer] of ANSWERS.entries()) {
      await waitForQuickInput(page, `${String(index + 1)}/8`);
      await fillInput(page, answer ?? (await quickInput(page)).value);
    }
    await waitForQuickInput(page, '6/8');
    await pick(page, 't3.medium');
    await waitForQuickInput(page, '7/8');
    await pickFirst(page);
    await waitForQuickInput(page, '8/8');
    await pick(page, 'Import id_ed25519.pub');
    await webview(page).getByRole('button', { name: 'Apply', exact: true }).waitFor();
    const text = await webview(page).locator('body').innerText();
    for (const part of [
      'Create VPC 192.168.1.0/24',
      'Allocate Elastic IP',
      '$7.30 more a month (before $0.00, after $7.30)',
    ]) {
      assert.ok(text.includes(part), `${part} in ${text}`);
    }
    await window.picture('plan');
    assert.deepEqual(holdings(await window.lab.state()), held);
  });

  it('makes the stack, and shows it in the tree', async () => {
    await applyShownPlan(page, 'asked');
    await window.lab.settle();
    const network = view(page, 'Network');
    await expandRow(network, /mail.*192\.168\.1\.0\/24/);
    await expandRow(network, /ENI-01/);
    for (const name of [/192\.168\.1\.100/, /192\.168\.1\.101/]) await treeRow(network, name).waitFor();
    await window.picture('tree');
  });

  it('trusts the host key that the instance printed, and shows the difference to the files', async () => {
    await webview(page).getByRole('button', { name: 'Configure Guest OS…' }).click();
    await webview(page).getByRole('button', { name: 'Apply', exact: true }).waitFor({ timeout: 60_000 });
    await webview(page).getByRole('button', { name: 'Show Difference' }).click();
    const differences = page.locator('.multiDiffEntry');
    await differences.getByText('inet static').first().waitFor();
    // It is open already, beside the plan, which stays to be seen.
    await webview(page).getByRole('button', { name: 'Apply', exact: true }).waitFor();
    assert.equal(await page.getByRole('tab', { name: /\(2 files\)/ }).count(), 1);
    await window.picture('difference');
  });

  it('configures the guest', async () => {
    await applyShownPlan(page, 'notAsked');
    const [guest] = await window.lab.guests();
    assert.ok(guest !== undefined);
    const { stdout } = await window.lab.runInGuest(guest.instanceId, 'ip -o -4 addr show dev eth0');
    assert.match(stdout, /192\.168\.1\.101\/32/);
  });

  it('proves both pairs in both directions', async () => {
    await webview(page).getByRole('button', { name: 'Validate' }).click();
    await showEditor(page, 'Validation');
    const works = webview(page).getByText('Works');
    await works.nth(3).waitFor({ timeout: 60_000 });
    const cells = await tableCells(page);
    assert.deepEqual(
      // Between the address and its two directions stand the layers of its way.
      cells.map(([address, ...others]) => [address, ...others.slice(-2)].map((cell) => cell?.split('\n')[0])),
      [
        ['192.168.1.100', 'Works', 'Works'],
        ['192.168.1.101', 'Works', 'Works'],
      ],
    );
    await treeRow(view(page, 'Network'), /192\.168\.1\.101/)
      .locator('.codicon-pass-filled')
      .waitFor();
    await window.picture('validation');
  });

  it('copies the proof as Markdown and as JSON', async () => {
    await webview(page).getByRole('button', { name: 'Copy as Markdown' }).click();
    const markdown = await copied(page, /^## Validation: us-east-1/);
    assert.match(
      markdown,
      /\| `192\.168\.1\.101` \(ENI-01 for mail\) \| `198\.51\.100\.\d+` \| \*\*Works\*\*/,
    );
    await webview(page).getByRole('button', { name: 'Copy as JSON' }).click();
    const run = JSON.parse(await copied(page, /^\{/)) as {
      rows: { proof: { inbound: { state: string } } }[];
    };
    assert.deepEqual(
      run.rows.map(({ proof }) => proof.inbound.state),
      ['passed', 'passed'],
    );
  });

  it('reboots the instance by a plan, and proves both pairs again by itself', async () => {
    const bootOf = async () => {
      const [guest] = await window.lab.guests();
      const id = 'cat /proc/sys/kernel/random/boot_id';
      return (await window.lab.runInGuest(guest?.instanceId ?? '', id)).stdout;
    };
    const before = await bootOf();
    const shown = () => webview(page).locator('body').innerText();
    const proven = await shown();
    await contextMenu(view(page, 'Network'), /ENI-01/, 'Reboot and Prove Again…');
    await pick(page, 'Reboot');
    await webview(page).getByText('Reboot instance').waitFor();
    await window.picture('reboot');
    await webview(page).getByRole('button', { name: 'Apply', exact: true }).click();
    // Its panel gives way to the proof, which is another one than before.
    await page.getByRole('tab', { name: /Restart/ }).waitFor({ state: 'detached', timeout: 60_000 });
    await webview(page).getByText('2 of 2 pairs work in both directions').waitFor({ timeout: 60_000 });
    assert.notEqual(await shown(), proven);
    assert.notEqual(await bootOf(), before);
  });

  it('adds a pair from the context menu of an ENI', async () => {
    const network = view(page, 'Network');
    await contextMenu(network, /ENI-01/, 'Add Secondary IP + EIP…');
    await waitForQuickInput(page, 'Add Secondary IP + EIP');
    await fillInput(page, '192.168.1.102');
    await applyShownPlan(page, 'asked');
    await expandRow(network, /ENI-01/);
    await treeRow(network, /192\.168\.1\.102/).waitFor();
    const { NetworkInterfaces } = await window.lab.state();
    const eni = NetworkInterfaces.find(({ Description }) => Description?.includes('ENI-01'));
    assert.equal(eni?.PrivateIpAddresses?.filter(({ Association }) => Association !== undefined).length, 3);
  });

  it('finds that the guest does not know the new address', async () => {
    const network = view(page, 'Network');
    await contextMenu(network, /ENI-01/, 'Validate');
    await webview(page).getByText('Fails').first().waitFor({ timeout: 60_000 });
    await webview(page)
      .getByText(/^192\.168\.1\.102/)
      .first()
      .click();
    const found = webview(page).getByText('neither eth0 nor its files have it');
    await found.scrollIntoViewIfNeeded();
    await treeRow(network, /192\.168\.1\.102/)
      .locator('.codicon-error')
      .waitFor();
    await window.picture('validation-failed');
  });

  it('opens what mends a finding as a plan', async () => {
    await webview(page).getByRole('button', { name: 'Configure Guest OS…' }).click();
    await webview(page).getByRole('button', { name: 'Apply', exact: true }).waitFor({ timeout: 60_000 });
    assert.match(await webview(page).locator('body').innerText(), /bring up 192\.168\.1\.102/);
    await webview(page).getByRole('button', { name: 'Cancel', exact: true }).click();
  });

  it('shows a validation of the past', async () => {
    await runCommand(page, 'EC2 Multi-IP: Show Validation History');
    await waitForQuickInput(page, 'Validation History');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: '2 of 2 pairs' }).first().click();
    await webview(page).getByText('2 of 2 pairs work in both directions').waitFor();
    assert.equal((await tableCells(page)).length, 2);
  });

  it('takes the last change of the guest back, from the menu of its ENI', async () => {
    await contextMenu(view(page, 'Network'), /ENI-01/, 'Revert Last Guest Change…');
    await applyShownPlan(page, 'notAsked');
    const [guest] = await window.lab.guests();
    assert.ok(guest !== undefined);
    const { stdout } = await window.lab.runInGuest(
      guest.instanceId,
      'ip -o -4 addr show dev eth0; ls /etc/network/interfaces.d',
    );
    assert.doesNotMatch(stdout, /192\.168\.1\.101|ec2-multi-ip/);
  });

  it('tears everything down again', async () => {
    await contextMenu(view(page, 'Network'), /mail.*192\.168\.1\.0\/24/, 'Tear Down…');
    await applyShownPlan(page, 'asked');
    await treeRow(view(page, 'Network'), /ENI-01/).waitFor({ state: 'detached' });
    assert.deepEqual(holdings(await window.lab.state()), held);
  });
});
