import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { accessKeys } from '../lab/emulator/emulator.ts';
import { holdings } from '../lab/emulator/state.ts';
import { secrets } from '../lab/kept.ts';
import type { Call } from '../lab/proxy/call.ts';
import { otherClock } from '../lab/proxy/faults/otherClock.ts';
import { refuse } from '../lab/proxy/faults/refuse.ts';
import { isMutating } from '../lab/proxy/select.ts';
import { webview } from '../lab/vscode/ui/editors.ts';
import { dialogButton, waitForNotification } from '../lab/vscode/ui/messages.ts';
import { fillInput, pickFirst, runCommand, waitForQuickInput } from '../lab/vscode/ui/quickInput.ts';
import { inlineAction, openView, treeRow, view } from '../lab/vscode/ui/tree.ts';
import { oneAfterAnother } from '../runner/oneAfterAnother.ts';
import { chooseProfile, openAccountsWindow } from './support/accountsWindow.ts';
import type { AccountsWindow } from './support/accountsWindow.ts';
import { applyShownPlan } from './support/plan.ts';

const OWN = '123456789012';
const OTHER = '210987654321';
const HOUR = 3_600_000;

describe('Another account, and another time, in the real window', function () {
  oneAfterAnother(this);

  let window: AccountsWindow;
  let page: Page;
  let network: Locator;
  let activity: Locator;

  before(async () => {
    window = await openAccountsWindow();
    ({ page } = window);
    page.setDefaultTimeout(30_000);
    network = view(page, 'Network');
  });
  after(() => window.close());

  const status = (account: string): Locator =>
    page
      .locator('.statusbar-item')
      .filter({ hasText: `${account} · us-east-1` })
      .first();
  const choose = async (profile: string, account: string): Promise<void> => {
    await chooseProfile(page, profile);
    await status(account).waitFor();
  };
  const button = (name: string, of = webview(page)) => of.getByRole('button', { name, exact: true });
  const held = async () => holdings(await window.emulator.state());
  const isAllocation = (call: Call) => call.action === 'AllocateAddress' && isMutating(call);
  const states = (texts: readonly string[]) => {
    const waiting = texts.filter((text) => text === 'Waiting').length;
    return { done: texts.length - waiting, waiting };
  };
  const row = /^Add Secondary IP \+ EIP/;

  it('a plan ends at its next safe point when another profile is chosen, and says why', async () => {
    await choose('static', OWN);
    await treeRow(network, /^standalone/).waitFor();
    await runCommand(page, 'EC2 Multi-IP: Add Secondary IP + EIP…');
    await waitForQuickInput(page, 'Network interface');
    await pickFirst(page);
    await waitForQuickInput(page, '(1/2)');
    await fillInput(page, '2');
    const panel = webview(page, 'Add Addresses to “ENI-01 for standalone”');
    const sent = Promise.withResolvers<undefined>();
    const answer = Promise.withResolvers<undefined>();
    const restore = window.proxy.use(async (call, forward) => {
      const outcome = await forward();
      if (!isAllocation(call)) return outcome;
      sent.resolve(undefined);
      await answer.promise;
      return outcome;
    });
    await button('Apply', panel).click();
    await dialogButton(page, 'Apply');
    await sent.promise;
    await choose('elsewhere', OTHER);
    await panel.getByText('Cancelling: waiting for what is under way').waitFor();
    assert.equal(await panel.getByRole('button').count(), 0);
    window.proxy.clear();
    answer.resolve(undefined);
    await panel.getByText(`This belongs to the account ${OWN}, which is no longer shown`).waitFor();
    restore();
    assert.deepEqual(
      await panel
        .getByText(/^(Waiting|Done in .*)$/)
        .allInnerTexts()
        .then(states),
      {
        done: 3,
        waiting: 2,
      },
    );
    assert.deepEqual(await panel.getByRole('toolbar').getByRole('button').allInnerTexts(), ['Close']);
    await button('Close', panel).click();
    activity = await openView(page, 'Activity');
    await treeRow(activity, row).waitFor();
    // What had been sent is answered; of what was left, nothing went out, and the tree alone reads.
    const after = window.proxy.calls().filter((call) => !isAllocation(call));
    assert.deepEqual(
      after.filter((call) => isMutating(call) || call.accessKey === accessKeys.good),
      [],
    );
    const { Addresses } = await window.emulator.state();
    assert.equal(Addresses.filter(({ AssociationId }) => AssociationId === undefined).length, 3);
  });

  for (const name of ['Resume Plan…', 'Undo Plan…']) {
    it(`${name} is refused where the plan is another account’s, and nothing is sent for it`, async () => {
      const before = await held();
      window.proxy.clear();
      await inlineAction(activity, row, name);
      const { message } = await waitForNotification(page, `This plan belongs to the account ${OWN}`);
      assert.match(message, new RegExp(`these credentials are of ${OTHER}`));
      assert.deepEqual(await held(), before);
      assert.deepEqual(window.proxy.calls().filter(isMutating), []);
      await runCommand(page, 'Notifications: Clear All Notifications');
      await runCommand(page, 'View: Close All Editors');
    });
  }

  it('is gone on with, and taken back, once its own account is shown again', async () => {
    await choose('static', OWN);
    await treeRow(network, /^standalone/).waitFor();
    await inlineAction(activity, row, 'Resume Plan…');
    await webview(page).getByText('5 of 5 changes done').waitFor();
    const { Addresses } = await window.emulator.state();
    assert.equal(Addresses.filter(({ AssociationId }) => AssociationId === undefined).length, 1);
    await runCommand(page, 'View: Close All Editors');
    await inlineAction(activity, row, 'Undo Plan…');
    await button('Apply').waitFor();
    await applyShownPlan(page, 'asked');
    await treeRow(activity, /^Add Secondary IP \+ EIP.*undone/).waitFor();
    assert.equal((await window.emulator.state()).Addresses.length, Addresses.length - 2);
  });

  for (const [name, ahead] of [
    ['behind', 4 * HOUR],
    ['ahead of', -4 * HOUR],
  ] as const) {
    it(`the tree fills where this computer’s clock is hours ${name} AWS’s`, async () => {
      const restore = window.proxy.use(otherClock(ahead));
      await choose('role-one', OWN);
      await treeRow(network, /^standalone/).waitFor();
      await choose('static', OWN);
      await treeRow(network, /^standalone/).waitFor();
      restore();
    });

    it(`an MFA code is asked for once where the clock is hours ${name} AWS’s`, async () => {
      const restore = window.proxy.use(otherClock(ahead));
      await chooseProfile(page, 'mfa');
      await waitForQuickInput(page, 'MFA Code');
      await fillInput(page, secrets.mfaCode);
      await status(OWN).waitFor();
      await treeRow(network, /^standalone/).waitFor();
      window.proxy.clear();
      await runCommand(page, 'EC2 Multi-IP: Refresh');
      while (!window.proxy.calls().some(({ action }) => action === 'DescribeAddresses')) {
        await page.waitForTimeout(50);
      }
      assert.equal(window.proxy.calls().filter(({ action }) => action === 'AssumeRole').length, 0);
      restore();
      await choose('static', OWN);
    });

    it(`is told so where AWS takes nothing at all while the clock is hours ${name} its own`, async () => {
      const restore = window.proxy.use(otherClock(ahead));
      const accept = window.proxy.use(refuse(() => true, 'RequestExpired', 'Request has expired.'));
      await runCommand(page, 'EC2 Multi-IP: Refresh');
      await waitForNotification(page, `The clock of this computer is 240 min ${name} AWS’s. Set it right`);
      accept();
      restore();
      await page.keyboard.press('Escape');
      await runCommand(page, 'EC2 Multi-IP: Refresh');
      await treeRow(network, /^standalone/).waitFor();
    });
  }
});
