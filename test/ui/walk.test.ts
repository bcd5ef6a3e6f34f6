import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { holdings } from '../lab/emulator/state.ts';
import type { Locale } from '../lab/vscode/server.ts';
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
import { wordsOf } from './support/words.ts';

/** What a wizard step is asked to be, in order; `undefined` takes what is proposed. */
const ANSWERS = ['mail', undefined, undefined, undefined, undefined] as const;

const languages: readonly Locale[] = process.env['PICTURES'] === undefined ? ['en'] : ['en', 'ja'];

for (const locale of languages)
  describe(`The walk by clicking (${locale})`, function () {
    // Each step stands on the one before.
    this.bail(true);

    let window: LabWindow;
    let page: Page;
    const say = wordsOf(locale);
    const command = (title: string) => runCommand(page, `EC2 Multi-IP: ${say(title)}`);
    /** Runs a command from the palette, for the only ENI that there is. */
    const choose = async (title: string) => {
      await runCommand(page, `EC2 Multi-IP: ${say(title)}`);
      await waitForQuickInput(page, say('Network interface'));
      await pickFirst(page);
    };
    const network = () => view(page, say('Network'));
    let held: ReturnType<typeof holdings>;

    before(async () => {
      window = await openLabWindow({ locale });
      ({ page } = window);
      held = holdings(await window.lab.state());
    });

    after(() => window.close());

    afterEach(async function () {
      if (this.currentTest?.state === 'failed') await window.picture(`failed ${this.currentTest.title}`);
    });

    it('says what is wrong with a range as one types', async () => {
      await command('Create Stack…');
      await pick(page, say('A new VPC'));
      await waitForQuickInput(page, '1/8');
      await fillInput(page, 'mail');
      await waitForQuickInput(page, '2/8');
      await typeInput(page, '192.168.1.0/30');
      assert.match((await quickInput(page)).message, /\/16.*\/28/);
      await dismissQuickInput(page);
    });

    it('shows the plan of a stack, with what it costs, before anything is made', async () => {
      await command('Create Stack…');
      await pick(page, say('A new VPC'));
      for (const [index, answer] of ANSWERS.entries()) {
        await waitForQuickInput(page, `${String(index + 1)}/8`);
        await fillInput(page, answer ?? (await quickInput(page)).value);
      }
      await waitForQuickInput(page, '6/8');
      await pick(page, 't3.medium');
      await waitForQuickInput(page, '7/8');
      await pickFirst(page);
      await waitForQuickInput(page, '8/8');
      await pick(page, say('Import {0}', 'id_ed25519.pub'));
      await webview(page)
        .getByRole('button', { name: say('Apply'), exact: true })
        .waitFor();
      const text = await webview(page).locator('body').innerText();
      for (const part of ['192.168.1.0/24', 'Elastic IP', '$7.30']) {
        assert.ok(text.includes(part), `${part} in ${text}`);
      }
      await window.picture('plan');
      assert.deepEqual(holdings(await window.lab.state()), held);
    });

    it('makes the stack, and shows it in the tree', async () => {
      await applyShownPlan(page, 'asked', say);
      await window.lab.settle();
      await expandRow(network(), /mail.*192\.168\.1\.0\/24/);
      await expandRow(network(), /ENI-01/);
      for (const name of [/192\.168\.1\.100/, /192\.168\.1\.101/]) await treeRow(network(), name).waitFor();
      await window.picture('tree');
    });

    it('trusts the host key that the instance printed, and shows the difference to the files', async () => {
      await webview(page)
        .getByRole('button', { name: say('Configure Guest OS…') })
        .click();
      await webview(page)
        .getByRole('button', { name: say('Apply'), exact: true })
        .waitFor({ timeout: 60_000 });
      await webview(page)
        .getByRole('button', { name: say('Show Difference') })
        .click();
      const differences = page.locator('.multiDiffEntry');
      await differences.getByText('inet static').first().waitFor();
      // It is open already, beside the plan, which stays to be seen.
      await webview(page)
        .getByRole('button', { name: say('Apply'), exact: true })
        .waitFor();
      assert.equal(await page.getByRole('tab', { name: /\(2 files\)/ }).count(), 1);
      await window.picture('difference');
    });

    it('configures the guest', async () => {
      await applyShownPlan(page, 'notAsked', say);
      const [guest] = await window.lab.guests();
      assert.ok(guest !== undefined);
      const { stdout } = await window.lab.runInGuest(guest.instanceId, 'ip -o -4 addr show dev eth0');
      assert.match(stdout, /192\.168\.1\.101\/32/);
    });

    it('proves both pairs in both directions', async () => {
      await webview(page)
        .getByRole('button', { name: say('Validate') })
        .click();
      await showEditor(page, say('Validation'));
      const works = webview(page).getByText(say('Works'));
      await works.nth(3).waitFor({ timeout: 60_000 });
      const cells = await tableCells(page);
      assert.deepEqual(
        cells.map((row) => [row[0], row.at(-2), row.at(-1)].map((cell) => cell?.split('\n')[0])),
        [
          ['192.168.1.100', say('Works'), say('Works')],
          ['192.168.1.101', say('Works'), say('Works')],
        ],
      );
      await treeRow(network(), /192\.168\.1\.101/)
        .locator('.codicon-pass-filled')
        .waitFor();
      await window.picture('validation');
    });

    it('adds a pair from the context menu of an ENI', async () => {
      await contextMenu(network(), /ENI-01/, say('Add Secondary IP + EIP…'));
      await waitForQuickInput(page, say('Add Secondary IP + EIP'));
      await fillInput(page, '192.168.1.102');
      await applyShownPlan(page, 'asked', say);
      await expandRow(network(), /ENI-01/);
      await treeRow(network(), /192\.168\.1\.102/).waitFor();
      const { NetworkInterfaces } = await window.lab.state();
      const eni = NetworkInterfaces.find(({ Description }) => Description?.includes('ENI-01'));
      assert.equal(eni?.PrivateIpAddresses?.filter(({ Association }) => Association !== undefined).length, 3);
    });

    it('finds that the guest does not know the new address', async () => {
      await contextMenu(network(), /ENI-01/, say('Validate'));
      await webview(page).getByText(say('Fails')).first().waitFor({ timeout: 60_000 });
      await window.picture('validation-failed', 980);
    });

    it('proposes to configure the guest, from the menu of its ENI and from the palette', async () => {
      const apply = webview(page).getByRole('button', { name: say('Apply'), exact: true });
      for (const from of ['node', 'palette'] as const) {
        if (from === 'node') await contextMenu(network(), /ENI-01/, say('Configure Guest OS…'));
        else await choose('Configure Guest OS…');
        await apply.waitFor({ timeout: 60_000 });
        await runCommand(page, 'View: Close Editor');
        await apply.waitFor({ state: 'detached' });
      }
    });

    it('diagnoses from the menu of an ENI, and validates and diagnoses from the palette', async () => {
      const again = webview(page).getByRole('button', { name: say('Validate Again') });
      const cancel = webview(page).getByRole('button', { name: say('Cancel') });
      for (const run of [
        () => contextMenu(network(), /ENI-01/, say('Diagnose')),
        () => choose('Validate'),
        () => choose('Diagnose'),
      ]) {
        await run();
        await cancel.waitFor();
        await again.waitFor({ timeout: 60_000 });
        assert.match(await webview(page).locator('.station.tone-bad .title').innerText(), /OS/);
      }
    });

    it('shows what takes the last change of the guest back, from the palette', async () => {
      await choose('Revert Last Guest Change…');
      await webview(page)
        .getByRole('button', { name: say('Apply'), exact: true })
        .waitFor({ timeout: 60_000 });
      await runCommand(page, 'View: Close Editor');
    });

    it('takes the last change of the guest back, from the menu of its ENI', async () => {
      await contextMenu(network(), /ENI-01/, say('Revert Last Guest Change…'));
      await applyShownPlan(page, 'notAsked', say);
      const [guest] = await window.lab.guests();
      assert.ok(guest !== undefined);
      const { stdout } = await window.lab.runInGuest(
        guest.instanceId,
        'ip -o -4 addr show dev eth0; ls /etc/network/interfaces.d',
      );
      assert.doesNotMatch(stdout, /192\.168\.1\.101|ec2-multi-ip/);
    });

    it('tears everything down again', async () => {
      await contextMenu(network(), /mail.*192\.168\.1\.0\/24/, say('Tear Down…'));
      await applyShownPlan(page, 'asked', say);
      await treeRow(network(), /ENI-01/).waitFor({ state: 'detached' });
      assert.deepEqual(holdings(await window.lab.state()), held);
    });
  });
