import assert from 'node:assert/strict';
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { HANGING } from '../lab/accounts/kindFiles.ts';
import { rightKinds, wrongKinds } from '../lab/accounts/kinds.ts';
import { nameAccount } from '../lab/emulator/accountAlias.ts';
import { accessKeys } from '../lab/emulator/emulator.ts';
import { secrets } from '../lab/kept.ts';
import { isAlive } from '../lab/process/isAlive.ts';
import { webview } from '../lab/vscode/ui/editors.ts';
import { dialogButton } from '../lab/vscode/ui/messages.ts';
import {
  acceptMany,
  dismissQuickInput,
  fillInput,
  pick,
  pickFirst,
  runCommand,
  typeInput,
  waitForQuickInput,
} from '../lab/vscode/ui/quickInput.ts';
import { treeRow, view } from '../lab/vscode/ui/tree.ts';
import { oneAfterAnother } from '../runner/oneAfterAnother.ts';
import { chooseProfile, openAccountsWindow } from './support/accountsWindow.ts';
import type { AccountsWindow, AnotherWindow } from './support/accountsWindow.ts';

/** One of each kind that is right, and beside each what is shown of one that is wrong. */
const STEPS: readonly (readonly [wrong: string, right: string])[] = [
  ['half', 'static'],
  ['sso-denied', 'sso'],
  ['sso-older-never', 'sso-role'],
  ['role-closed', 'role-chain'],
  ['process-rubbish', 'process'],
  ['web-without-token', 'web'],
  ['denied', 'on-instance'],
];

describe('Accounts by clicking', function () {
  oneAfterAnother(this);

  let window: AccountsWindow;
  let page: Page;
  let network: Locator;

  before(async () => {
    window = await openAccountsWindow();
    ({ page } = window);
    page.setDefaultTimeout(60_000);
    network = view(page, 'Network');
  });
  after(() => window.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') {
      await page.screenshot({ path: join(import.meta.dirname, 'pictures', 'failed accounts.png') });
    }
  });

  const message = (text: string | RegExp): Locator =>
    page.locator('.notifications-toasts .notification-list-item').filter({ hasText: text }).first();
  const status = (text: string | RegExp): Locator =>
    page.locator('.statusbar-item').filter({ hasText: text }).first();
  const choose = (profile: string) => chooseProfile(page, profile);
  const filled = async (tree = network): Promise<void> => {
    await treeRow(tree, /^us-east-1.*123456789012/).waitFor();
    await treeRow(tree, /^standalone/).waitFor();
  };
  /** What hangs, by the ids of its processes. */
  const hanging = async (): Promise<readonly number[]> =>
    (await readFile(join(window.files.directory, HANGING), 'utf8').catch(() => ''))
      .split(/\s+/)
      .filter(Boolean)
      .map(Number);
  /** Waits until all of that is gone. */
  const ended = async (): Promise<void> => {
    while ((await hanging()).some(isAlive)) await page.waitForTimeout(50);
    await rm(join(window.files.directory, HANGING));
  };
  const emptied = () => treeRow(network, /^standalone/).waitFor({ state: 'detached' });

  /** Presses the button of the message that an SSO session has ended, and confirms the code on SSO's page. */
  const signInByMessage = async (profile: string): Promise<void> => {
    const opened = page.context().waitForEvent('page');
    await message(`SSO session of the AWS profile “${profile}” has ended or was never begun`)
      .getByRole('button', { name: 'Sign In' })
      .click();
    const device = await opened;
    // This build of VS Code leads what is opened at loopback through a proxy of its own, which is not there.
    const [, asked = ''] = /(\/device\?user_code=LAB-\d+)$/.exec(device.url()) ?? [];
    assert.ok(device.url().includes(new URL(window.sso.endpoint).port), device.url());
    // Asked beside it: on a busy machine its own way there holds up another one.
    assert.ok((await fetch(window.sso.endpoint + asked)).ok);
    await device.close();
  };

  it('fills the tree by the instance’s role where nothing is set, and says whose it is', async () => {
    // The SDK waits a second for the instance's metadata, which a machine that is busy may not hold.
    const again = network.getByRole('button', { name: 'Try Again' });
    const row = treeRow(network, /^standalone/);
    for (;;) {
      await row.or(again).first().waitFor();
      if (await row.isVisible()) break;
      await again.click();
      await page.waitForTimeout(1000);
    }
    await filled();
    await status(/123456789012 · us-east-1/).waitFor();
  });

  for (const profile of ['sso-older', 'sso'])
    it(`opens SSO’s page for the person who signs in by the button of ${profile}’s message, and fills the tree`, async () => {
      await choose(profile);
      await emptied();
      await signInByMessage(profile);
      await filled();
    });

  it('ends the wait for SSO’s page when that is cancelled', async () => {
    window.sso.answerWith('nothing');
    const given = window.sso.tokens();
    const opened = page.context().waitForEvent('page');
    await runCommand(page, 'EC2 Multi-IP: Sign In');
    await (await opened).close();
    const waiting = message(/Confirm the code LAB-/);
    await waiting.waitFor();
    await waiting.hover();
    await waiting.getByRole('button', { name: 'Cancel' }).click();
    await waiting.waitFor({ state: 'detached' });
    assert.equal(window.sso.tokens(), given);
    window.sso.answerWith('confirm');
  });

  it('asks for the code of an MFA device, once, and says when it was wrong', async () => {
    await choose('mfa');
    await waitForQuickInput(page, 'MFA Code');
    await fillInput(page, '000000');
    await message(/did not take the MFA code/)
      .getByRole('button', { name: 'Refresh' })
      .click();
    await waitForQuickInput(page, 'MFA Code');
    await fillInput(page, secrets.mfaCode);
    await filled();
  });

  for (const [wrong, right] of STEPS) {
    it(`says what is wrong with ${wrong}, and fills the tree with ${right}`, async () => {
      const says = wrongKinds.find(({ profile }) => profile === wrong)?.says;
      assert.ok(says !== undefined && rightKinds.some(({ profile }) => profile === right));
      await choose(wrong);
      await message(says).waitFor();
      await emptied();
      await page.keyboard.press('Escape');
      await choose(right);
      await filled();
    });
  }

  it('stops waiting for a credential_process that hangs as soon as a person wants that, and ends it', async () => {
    await choose('process-hangs');
    while ((await hanging()).length < 2) await page.waitForTimeout(50);
    assert.ok((await hanging()).every(isAlive));
    await network.hover();
    await page.getByRole('button', { name: 'Stop Reading' }).first().click();
    await network.getByText('Reading the Region was stopped.').waitFor();
    await ended();
    await choose('role-one');
    await filled();
  });

  it('stops a plan in whose middle the SSO session ends, and finishes it after the sign-in that it asks for', async () => {
    // So short a time that they are asked for before each call.
    window.sso.giveNewKeys(120_000);
    await choose('sso');
    await filled();
    await runCommand(page, 'EC2 Multi-IP: Add Secondary IP + EIP…');
    await waitForQuickInput(page, 'Network interface');
    await pickFirst(page);
    await waitForQuickInput(page, '(1/2)');
    await fillInput(page, '1');
    await waitForQuickInput(page, 'Elastic IPs for the new addresses');
    await pick(page, 'Allocate new ones');
    const panel = webview(page, 'Add Addresses to “ENI-01 for standalone”');
    const { Addresses: before } = await window.emulator.state();
    const restore = window.proxy.use(async (call, forward) => {
      const answer = await forward();
      if (call.action === 'AllocateAddress') window.sso.endSessions();
      return answer;
    });
    await panel.getByRole('button', { name: 'Apply', exact: true }).click();
    await dialogButton(page, 'Apply');
    const resume = panel.getByRole('button', { name: 'Resume', exact: true });
    await resume.waitFor();
    await signInByMessage('sso');
    await filled();
    restore();
    await resume.click();
    await panel.getByRole('button', { name: 'Configure Guest' }).waitFor();
    const { Addresses: after } = await window.emulator.state();
    const paired = (all: typeof after) =>
      all.filter(({ AssociationId }) => AssociationId !== undefined).length;
    assert.deepEqual([after.length, paired(after)], [before.length + 1, paired(before) + 1]);
    await panel.getByRole('button', { name: 'Close', exact: true }).click();
  });

  describe('in a window that was started with', () => {
    let stuck: AnotherWindow;
    before(async () => {
      stuck = await window.openAnother({ AWS_PROFILE: 'process-hangs' });
    });

    for (const { name, environment } of rightKinds.filter((kind) => kind.environment !== undefined)) {
      // The first window has been started so.
      if (name === 'the instance’s role') continue;
      it(`${name}, fills the tree`, async () => {
        const another = await window.openAnother(environment?.(window.files) ?? {});
        await filled(view(another.page, 'Network'));
        await another.close();
      });
    }

    it('a profile whose credential_process hangs, says what to do after half a minute, and ends it', async () => {
      const text = /“process-hangs” gives no credentials within 30 s. Check its credential_process/;
      await stuck.page.locator('.notification-list-item').filter({ hasText: text }).first().waitFor();
      await ended();
      await stuck.close();
    });
  });

  it('shows which Regions the account has not enabled', async () => {
    await runCommand(page, 'EC2 Multi-IP: Choose Region…');
    await waitForQuickInput(page, 'Region to work in');
    await typeInput(page, 'not enabled for this account');
    const closed = page.locator('.quick-input-list .monaco-list-row');
    await closed.filter({ hasText: /ap-east-1.*not enabled for this account/ }).waitFor();
    assert.equal(await closed.filter({ hasText: 'us-east-1' }).count(), 0);
    await dismissQuickInput(page);
  });

  it('follows the files on disk: passes rubbish over with its line, and shows the alias', async () => {
    await nameAccount(window.emulator.endpoint, 'mail-team');
    await choose('process');
    await filled();
    await status(/mail-team \(123456789012\) · us-east-1/).waitFor();
    const config = join(window.files.directory, 'config');
    const line = (await readFile(config, 'utf8')).split('\n').length;
    await appendFile(config, 'no setting at all\n');
    await message(new RegExp(`line ${line} is not understood`)).waitFor();
    await filled();
  });

  it('ends a validation with the profile that it was begun with', async () => {
    await runCommand(page, 'EC2 Multi-IP: Validate');
    await waitForQuickInput(page, 'Network interface');
    await pickFirst(page);
    await message(/ProxyCommand that .* has for 127.0.0.1 is not supported.*ProxyJump/).waitFor();
    // What is wrong in the same file is told with its line, and stops nothing.
    await message(/\.ssh\/config.*line 5/).waitFor();
    const panel = webview(page, 'Validation');
    await panel.getByRole('button', { name: 'Cancel' }).waitFor();
    await choose('static');
    await panel.getByText('This belongs to the account 123456789012').waitFor();
    assert.equal(await panel.getByRole('button').count(), 0);
    await filled();
  });

  it('writes nothing once the credentials have become another account’s', async () => {
    const process = join(window.files.directory, 'process.json');
    const own = await readFile(process, 'utf8');
    // So short a time that they are asked for before each call.
    const soon = JSON.stringify({
      ...(JSON.parse(own) as object),
      Expiration: new Date(Date.now() + 120_000).toISOString(),
    });
    await writeFile(process, soon);
    await choose('static');
    await filled();
    await choose('process');
    await filled();
    await runCommand(page, 'EC2 Multi-IP: Release Elastic IPs…');
    await waitForQuickInput(page, 'Idle Elastic IPs to give back');
    await acceptMany(page);
    const apply = webview(page, 'Release Elastic IPs').getByRole('button', {
      name: 'Apply',
      exact: true,
    });
    await apply.waitFor();
    await writeFile(process, soon.replace(accessKeys.good, accessKeys.otherAccount));
    const before = await window.emulator.state();
    await apply.click();
    await dialogButton(page, 'Apply');
    await message(
      /belong to the account 210987654321 now, and 123456789012 is shown. Nothing was changed/,
    ).waitFor();
    assert.deepEqual((await window.emulator.state()).Addresses, before.Addresses);
    await writeFile(process, own);
  });

  it('shows another account as soon as the files hold its keys', async () => {
    await choose('static');
    await filled();
    // A plan of the profile before is not applied any more.
    const plan = webview(page, 'Release Elastic IPs');
    await plan.getByText('This belongs to the account 123456789012').waitFor();
    assert.deepEqual(await plan.getByRole('toolbar').getByRole('button').allInnerTexts(), ['Close']);
    const credentials = join(window.files.directory, 'credentials');
    const before = await readFile(credentials, 'utf8');
    await writeFile(credentials, before.replace(accessKeys.good, accessKeys.otherAccount));
    await emptied();
    await status(/210987654321 · us-east-1/).waitFor();
  });
});
