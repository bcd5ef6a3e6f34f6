import assert from 'node:assert/strict';
import { CreateTagsCommand } from '@aws-sdk/client-ec2';
import { ec2Client } from '../../lab/testing/ec2.ts';
import { webview } from '../../lab/vscode/ui/editors.ts';
import { runCommand } from '../../lab/vscode/ui/quickInput.ts';
import { contextMenu, view } from '../../lab/vscode/ui/tree.ts';
import { hoverOf } from './hover.ts';
import type { LabWindow } from './window.ts';

/** All of the 64 bytes that Linux takes for a name: markup, an icon, a turn of direction, a colour of ANSI, an emoji. */
const HOSTNAME = '<b>pwned</b> **m** [x](command:y) $(trash) \u202egpj \u001b[31m 📮';

const NAME = `host ${HOSTNAME}\n2nd`.padEnd(255, 'x');

const SHOWN = HOSTNAME.replace('\u202e', '\uFFFD').replace('\u001b', '\uFFFD');

async function nameInstance({ lab }: LabWindow, name: string): Promise<void> {
  const client = ec2Client(lab);
  const [guest] = await lab.guests();
  const Resources = [guest?.instanceId ?? ''];
  await client.send(new CreateTagsCommand({ Resources, Tags: [{ Key: 'Name', Value: name }] }));
  client.destroy();
}

async function nameGuest({ lab }: LabWindow, hostname: string): Promise<string> {
  const [guest] = await lab.guests();
  const encoded = Buffer.from(hostname).toString('base64');
  const script = `hostname; python3 -c 'import base64, socket; socket.sethostname(base64.b64decode("${encoded}").decode())'`;
  const { code, stdout, stderr } = await lab.runInGuest(guest?.instanceId ?? '', script);
  assert.equal(code, 0, stderr);
  return stdout.trim();
}

/** An instance's hostile name is plain in the title of the difference and of its plan, and its hostname shows nowhere. */
export async function showHostileGuest(window: LabWindow): Promise<void> {
  const { page, say } = window;
  const name = 'mail';
  const hostname = await nameGuest(window, HOSTNAME);
  await nameInstance(window, NAME);
  await runCommand(page, 'View: Close All Editors');
  await contextMenu(view(page, say('Network')), /ENI-01/, say('Configure Guest OS…'));
  await webview(page)
    .getByRole('button', { name: say('Apply'), exact: true })
    .waitFor({ timeout: 60_000 });
  const tabs = page.locator('.tabs-container .tab', { hasText: '<b>pwned' });
  await window.picture('hostile-guest');
  assert.equal(await tabs.count(), 2, 'the difference and the plan');
  const difference = page.locator('.monaco-diff-editor, .multiDiffEntry').filter({ visible: true }).first();
  await difference.getByText('192.168.1.101').first().waitFor();
  for (const tab of await tabs.all()) {
    assert.ok((await tab.innerText()).replace(/\s+/g, ' ').includes(SHOWN), await tab.innerText());
    assert.equal(await tab.locator('b, strong, a[data-href], .codicon-trash').count(), 0);
  }
  const hover = await hoverOf(page, tabs.first(), 'pwned');
  // VS Code's own way to its settings is in it, beside the word that this is a preview.
  assert.equal(await hover.locator('b, strong, a[data-href="command:y"], .codicon-trash').count(), 0);
  assert.ok((await hover.innerText()).replace(/\s+/g, ' ').includes(SHOWN), await hover.innerText());
  assert.equal(await webview(page).locator('main b, main a').count(), 0);
  assert.doesNotMatch(await webview(page).locator('main').innerText(), /pwned/);
  assert.doesNotMatch(
    await page.locator('.multiDiffEntry, .monaco-diff-editor').first().innerText(),
    /pwned/,
  );
  await runCommand(page, 'View: Close All Editors');
  await nameGuest(window, hostname);
  await nameInstance(window, name);
}
