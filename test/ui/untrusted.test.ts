import assert from 'node:assert/strict';
import { appendFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startEditor } from '../demo/editor.ts';
import { makeHome } from '../demo/home.ts';
import type { DemoHome } from '../demo/home.ts';
import { startEmulator } from '../lab/emulator/emulator.ts';
import type { Emulator } from '../lab/emulator/emulator.ts';
import { runCommand } from '../lab/vscode/ui/quickInput.ts';
import { openContainer, treeRow, view } from '../lab/vscode/ui/tree.ts';
import { openWorkbench } from '../lab/vscode/workbench.ts';

const quiet = (): void => undefined;

/** A folder of a stranger, whose settings lead to the stranger's own things. */
async function makeFolder(parent: string, trap: string): Promise<string> {
  const folder = join(parent, 'stranger');
  await mkdir(join(folder, '.vscode'), { recursive: true });
  const settings = {
    'ec2MultiIp.endpoint': trap,
    'ec2MultiIp.profile': 'stranger',
    'ec2MultiIp.region': 'eu-west-1',
    'ec2MultiIp.ssh.keyFile': join(folder, 'key'),
    'ec2MultiIp.ssh.user': 'stranger',
    'ec2MultiIp.probe.echoUrl': trap,
  };
  await writeFile(join(folder, '.vscode', 'settings.json'), JSON.stringify(settings));
  return folder;
}

describe('A workspace that is not trusted', function () {
  let emulator: Emulator;
  let home: DemoHome;
  let folder: string;
  let marker: string;
  let parent: string;
  const asked: string[] = [];
  const trap = createServer(({ url = '' }, answer) => {
    asked.push(url);
    answer.writeHead(500).end();
  });

  before(async () => {
    emulator = await startEmulator();
    await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
    parent = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-untrusted-'));
    home = await makeHome(parent, emulator.endpoint);
    folder = await makeFolder(parent, `http://127.0.0.1:${(trap.address() as AddressInfo).port}`);
    marker = join(parent, 'executed');
    await appendFile(
      join(home.directory, '.aws', 'config'),
      `[profile stranger]\nregion = eu-west-1\nendpoint_url = ${emulator.endpoint}\ncredential_process = touch ${marker}\n`,
    );
  });

  after(async () => {
    trap.close();
    await emulator.stop();
    await rm(parent, { recursive: true, force: true });
  });

  /** Opens the stranger's folder, and gives the page to a check. */
  const open = async (restricted: boolean, check: (page: Page) => Promise<void>): Promise<void> => {
    const settings = { 'security.workspace.trust.startupPrompt': 'never' };
    const cloud = { endpoint: emulator.endpoint };
    const server = await startEditor(cloud, home, { restricted, settings, log: quiet });
    try {
      const window = await openWorkbench({ origin: server.origin, folder, log: quiet });
      try {
        await openContainer(window.page, 'EC2 Multi-IP');
        await check(window.page);
      } finally {
        await window.close();
      }
    } finally {
      await server.stop();
    }
  };

  const executed = async () => (await readdir(parent)).includes('executed');

  it('sets no endpoint, no profile, no Region, no key and no host, and executes nothing', async () => {
    await open(true, async (page) => {
      await page
        .getByRole('button', { name: /Restricted Mode/ })
        .first()
        .waitFor();
      const network = view(page, 'Network');
      await treeRow(network, /^us-east-1/).waitFor();
      await runCommand(page, 'EC2 Multi-IP: Refresh');
      await treeRow(network, /^us-east-1/).waitFor();
      assert.equal(await treeRow(network, /eu-west-1/).count(), 0);
    });
    assert.deepEqual(asked, []);
    assert.ok(!(await executed()));
  });

  it('is another matter once it is trusted, but for the endpoint and the key', async () => {
    await open(false, async (page) => {
      // The profile of the workspace counts now, whose process gives no credentials.
      while (!(await executed())) await page.waitForTimeout(100);
    });
    assert.deepEqual(asked, []);
  });
});
