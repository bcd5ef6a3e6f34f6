import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fingerprint } from '../../../src/core/ssh/knownHosts.ts';
import { secrets } from '../../lab/kept.ts';
import type { Locale } from '../../lab/vscode/server.ts';
import { webview } from '../../lab/vscode/ui/editors.ts';
import { dialog, dialogButton } from '../../lab/vscode/ui/messages.ts';
import {
  acceptMany,
  fillInput,
  pickFirstAndLast,
  quickInput,
  runCommand,
  waitForQuickInput,
} from '../../lab/vscode/ui/quickInput.ts';
import { contextMenu, view } from '../../lab/vscode/ui/tree.ts';
import type { LabWindow } from './window.ts';

/** Asks anew for the plan of the guest, with nothing left of what was asked before. */
async function configure({ page, say }: LabWindow): Promise<void> {
  await runCommand(page, 'View: Close All Editors');
  await contextMenu(view(page, say('Network')), /ENI-01/, say('Configure Guest OS…'));
}

function waitForPlan({ page, say }: LabWindow): Promise<void> {
  return webview(page)
    .getByRole('button', { name: say('Apply'), exact: true })
    .waitFor({ timeout: 60_000 });
}

/** A key's passphrase is asked for, kept only where a person wants that, forgotten when told or of no more use. */
export async function keepPassphrase(window: LabWindow): Promise<void> {
  const { page, say } = window;
  const { keyFile } = window.home;
  const lock = (from: string, to: string) =>
    execFileSync('ssh-keygen', ['-q', '-p', '-P', from, '-N', to, '-f', keyFile]);
  const question = () =>
    page
      .locator('.notifications-toasts .notification-list-item')
      .filter({ hasText: say('Keep the passphrase of {0} in the secret storage?', keyFile) });
  const answer = async (passphrase: string) => {
    await waitForQuickInput(page, say('Passphrase'));
    await fillInput(page, passphrase);
  };
  lock('', secrets.passphrase);
  const forget = say('Forget Kept Passwords and Passphrases…');
  // Kept only where a person says so: the first time that is not what they say. The last time it has been forgotten.
  for (const [isKept, isForgotten] of [[false], [true], [true, true]] as const) {
    if (isForgotten === true) {
      await runCommand(page, `EC2 Multi-IP: ${forget}`);
      await waitForQuickInput(page, forget.slice(0, -1));
      assert.deepEqual((await quickInput(page)).picks, [keyFile]);
      await acceptMany(page);
    }
    await configure(window);
    await answer(secrets.passphrase);
    await waitForPlan(window);
    await question().waitFor();
    if (isKept)
      await question()
        .getByRole('button', { name: say('Keep It') })
        .click();
    else await runCommand(page, 'Notifications: Clear All Notifications');
    await question().waitFor({ state: 'detached' });
  }
  await runCommand(page, 'View: Close All Editors');
  await runCommand(page, `EC2 Multi-IP: ${say('Configure Guest OS…')}`);
  await waitForQuickInput(page, say('Network interface'));
  await pickFirstAndLast(page);
  await waitForPlan(window);
  assert.equal(await question().count(), 0);
  // What opens the key no more is forgotten, and asked for again.
  lock(secrets.passphrase, secrets.mistyped);
  await configure(window);
  const wrong = say('That is not the passphrase of the key file {0}. Try again.', keyFile);
  await page.locator('.notification-list-item').filter({ hasText: wrong }).first().waitFor();
  await configure(window);
  await answer(secrets.mistyped);
  await waitForPlan(window);
  await runCommand(page, 'Notifications: Clear All Notifications');
  lock(secrets.mistyped, '');
}

/** A host key that nothing vouches for is shown by its fingerprint, and asked about once. */
export async function acceptHostKey(window: LabWindow, locale: Locale): Promise<void> {
  const { lab, home, page, say } = window;
  const folder = 'data/data/User/globalStorage/ec2-multi-ip.ec2-multi-ip';
  const knownHosts = join(dirname(home.directory), folder, 'known_hosts');
  const lines = (await readFile(knownHosts, 'utf8')).trim().split('\n');
  const [, , key = ''] = lines.find((line) => line.startsWith('i-'))?.split(' ') ?? [];
  await rm(knownHosts);
  const [guest] = await lab.guests();
  await lab.setConsoleOutput(guest?.instanceId ?? '', '');
  for (const answer of ['Cancel', 'Accept']) {
    await configure(window);
    const { detail } = await dialog(page);
    assert.ok(detail.includes(fingerprint(Buffer.from(key, 'base64'))), detail);
    await dialogButton(page, answer === 'Cancel' && locale === 'ja' ? 'キャンセル' : say(answer));
  }
  await waitForPlan(window);
  await configure(window);
  await waitForPlan(window);
}
