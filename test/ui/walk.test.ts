import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { holdings } from '../lab/emulator/state.ts';
import type { Locale } from '../lab/vscode/server.ts';
import { showEditor, webview } from '../lab/vscode/ui/editors.ts';
import {
  acceptMany,
  dismissQuickInput,
  fillInput,
  goBack,
  pick,
  pickFirst,
  pickFirstAndLast,
  quickInput,
  runCommand,
  typeInput,
  waitForQuickInput,
} from '../lab/vscode/ui/quickInput.ts';
import { contextMenu, expandRow, treeRow, view } from '../lab/vscode/ui/tree.ts';
import { oneAfterAnother } from '../runner/oneAfterAnother.ts';
import { accessibilityFaults } from './support/accessibility.ts';
import { nameAgents, offerBetterForm, revertWhileCounting } from './support/guestSteps.ts';
import { showHostileGuest } from './support/hostileGuest.ts';
import { acceptHostKey, keepPassphrase } from './support/keySteps.ts';
import { pictureOf } from './support/pictures.ts';
import { applyShownPlan, tableCells } from './support/plan.ts';
import { testSelected } from './support/selectionSteps.ts';
import {
  closeWalkthrough,
  openWalkthrough,
  waitForStepPicture,
  pressInStep,
  waitForStepsDone,
} from './support/walkthrough.ts';
import { openLabWindow } from './support/window.ts';
import type { LabWindow } from './support/window.ts';
import { wordsOf } from './support/words.ts';

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

const FIRST_STEP = 'Choose an account and a Region';

/** English, or what `LANGUAGES` says: the READMEs have pictures in both. */
const wanted = process.env['LANGUAGES']?.split(',') ?? ['en'];
const languages = (['en', 'ja'] as const satisfies readonly Locale[]).filter((one) => wanted.includes(one));

for (const locale of languages)
  describe(`The walk by clicking (${locale})`, function () {
    // Each step stands on the one before.
    oneAfterAnother(this);

    let window: LabWindow;
    let page: Page;
    const say = wordsOf(locale);
    const command = (title: string) => runCommand(page, `EC2 Multi-IP: ${say(title)}`);
    /** Runs a command from the palette, for the only ENI that there is. */
    const choose = async (title: string, then = pickFirstAndLast) => {
      await runCommand(page, `EC2 Multi-IP: ${say(title)}`);
      await waitForQuickInput(page, say('Network interface'));
      await then(page);
    };
    const button = (text: string) => webview(page).getByRole('button', { name: say(text), exact: true });
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

    it('has a walkthrough in the language that is spoken, whose first step is checked by a choice', async () => {
      // So wide that VS Code shows the pictures beside the steps.
      await page.setViewportSize({ width: 1800, height: 900 });
      await openWalkthrough(page, say);
      for (const [step, picture] of [
        ['Prove every pair', 'validation'],
        ['Tell the operating system', 'difference'],
        ['Create a stack from a plan', 'plan'],
        [FIRST_STEP, 'tree'],
      ] as const) {
        await waitForStepPicture(page, say(step), `${picture}.${locale}.`);
      }
      await pictureOf(page, `walkthrough-${locale}`);
      await pressInStep(page, say(FIRST_STEP), say('Choose Profile…'));
      await pick(page, 'lab');
      await pressInStep(page, say(FIRST_STEP), say('Choose Region…'));
      await waitForQuickInput(page, say('Choose Region'));
      await dismissQuickInput(page);
      await waitForStepsDone(page, 1);
    });

    it('shows the plan of a stack, with what it costs, before anything is made', async () => {
      // The walkthrough leads from here to proven pairs.
      await pressInStep(page, say('Create a stack from a plan'), say('Create Stack…'));
      await pick(page, say('A new VPC'));
      for (const [index, answer] of ANSWERS.entries()) {
        await waitForQuickInput(page, `${String(index + 1)}/8`);
        await fillInput(page, answer ?? (await quickInput(page)).value);
      }
      await waitForQuickInput(page, '6/8');
      // Back as far as the name, and on again: what was answered is there still.
      const answered: string[] = [];
      for (const step of [5, 4, 3, 2, 1]) {
        await goBack(page);
        await waitForQuickInput(page, `${String(step)}/8`);
        answered.unshift((await quickInput(page)).value);
      }
      assert.deepEqual(answered.slice(0, 2), ['mail', '192.168.1.0/24']);
      for (const [index, answer] of answered.entries()) {
        await waitForQuickInput(page, `${String(index + 1)}/8`);
        assert.equal((await quickInput(page)).value, answer);
        await fillInput(page, answer);
      }
      await waitForQuickInput(page, '6/8');
      await pick(page, 't3.medium');
      await waitForQuickInput(page, '7/8');
      await pickFirst(page);
      await waitForQuickInput(page, '8/8');
      await pick(page, say('Import {0}', 'id_ed25519.pub'));
      await button('Apply').waitFor();
      await closeWalkthrough(page);
      assert.deepEqual(await accessibilityFaults(webview(page)), []);
      const text = await webview(page).locator('body').innerText();
      const cost = say('{0} more a month (before {1}, after {2})', '$7.30', '$0.00', '$7.30');
      for (const part of ['192.168.1.0/24', 'Elastic IP', cost]) {
        assert.ok(text.includes(part), `${part} in ${text}`);
      }
      const picture = webview(page).getByRole('figure').getByRole('listitem');
      assert.equal(await picture.count(), 8);
      assert.match(await picture.nth(6).innerText(), /192\.168\.1\.100\s+192\.168\.1\.101/);
      await window.picture('plan', 1140);
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
      await button('Close').click();
      await openWalkthrough(page, say);
      // That the plan was shown was not enough: it is done.
      await waitForStepsDone(page, 2);
      await pressInStep(page, say('Create a stack from a plan'), say('Add Secondary IP + EIP…'));
      await waitForQuickInput(page, say('Network interface'));
      await dismissQuickInput(page);
      await pressInStep(page, say('Tell the operating system'), say('Configure Guest OS…'));
      await waitForQuickInput(page, say('Network interface'));
      await pickFirstAndLast(page);
      await button('Apply').waitFor({ timeout: 60_000 });
      await closeWalkthrough(page);
      await button('Show Difference').click();
      const differences = page.locator('.multiDiffEntry');
      await differences.getByText('inet static').first().waitFor();
      // It is open already, beside the plan, which stays to be seen.
      await button('Apply').waitFor();
      // Strict: a second one would be an error.
      await page.getByRole('tab', { name: /\(2 files\)/ }).waitFor();
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
      await button('Close').click();
      await openWalkthrough(page, say);
      await waitForStepsDone(page, 3);
      await pressInStep(page, say('Prove every pair'), say('Validate'));
      await waitForQuickInput(page, say('Network interface'));
      await pickFirstAndLast(page);
      await webview(page).getByRole('grid').waitFor();
      await closeWalkthrough(page);
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
      await window.picture('validation', 860);
      await openWalkthrough(page, say);
      await waitForStepsDone(page, 4);
      await closeWalkthrough(page);
    });

    it('copies the proof as Markdown and as JSON', async () => {
      await button('Copy as Markdown').click();
      const markdown = await copied(page, /^## .*us-east-1/);
      const address = '192\\.168\\.1\\.101` \\(ENI-01 for mail\\)';
      const proven = `\\*\\*${say('Works')}\\*\\*`;
      assert.match(markdown, new RegExp(`\\| \`${address} \\| \`198\\.51\\.100\\.\\d+\` \\| ${proven}`));
      await button('Copy as JSON').click();
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
      await contextMenu(network(), /ENI-01/, say('Reboot and Prove Again…'));
      await pick(page, say('Reboot'));
      const apply = button('Apply');
      await apply.waitFor();
      await apply.click();
      // Its panel gives way to the proof, which is another one than before.
      await page
        .getByRole('tab', { name: new RegExp(say('Restart “{0}”', '.*')) })
        .waitFor({ state: 'detached', timeout: 60_000 });
      await webview(page)
        .getByText(say('{0} of {1} pairs work in both directions', '2', '2'))
        .waitFor({ timeout: 60_000 });
      assert.notEqual(await shown(), proven);
      assert.notEqual(await bootOf(), before);
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
      await treeRow(network(), /192\.168\.1\.102/)
        .locator('.codicon-error')
        .waitFor();
      await window.picture('validation-failed', 1040);
    });

    it('opens what mends a finding as a plan', async () => {
      await button('Configure Guest OS…').click();
      await button('Apply').waitFor({ timeout: 60_000 });
      assert.match(await webview(page).locator('body').innerText(), /192\.168\.1\.102/);
      await button('Cancel').click();
    });

    it('shows a validation of the past', async () => {
      await command('Show Validation History');
      await waitForQuickInput(page, say('Validation History'));
      await page
        .locator('.quick-input-list .monaco-list-row', {
          hasText: say('{0} of {1} pairs work in both directions', '2', '2'),
        })
        .first()
        .click();
      await webview(page)
        .getByText(say('{0} of {1} pairs work in both directions', '2', '2'))
        .waitFor();
      assert.equal((await tableCells(page)).length, 2);
    });

    it('proposes to configure the guest from the menu or the palette, asks for the key’s passphrase, and keeps it only where a person wants that', () =>
      keepPassphrase(window));

    it('asks once whether a host key is the right one where nothing tells, and shows its fingerprint', () =>
      acceptHostKey(window, locale));

    it('validates, diagnoses and looks at the names of mail from the menu of an ENI or the palette', async () => {
      const again = button('Validate Again');
      for (const run of [
        () => contextMenu(network(), /ENI-01/, say('Diagnose')),
        () => choose('Validate'),
        () => choose('Diagnose'),
        () => contextMenu(network(), /ENI-01/, say('Check Mail Addresses')),
        () => choose('Check Mail Addresses'),
      ]) {
        // What the one before found must not be taken for this one's.
        await runCommand(page, 'View: Close All Editors');
        await run();
        await again.waitFor({ timeout: 60_000 });
        assert.match(await webview(page).locator('.station.tone-bad .title').innerText(), /OS/);
      }
      // Nobody answers for names in the lab, which is said rather than taken for names that are missing.
      assert.match(await webview(page).locator('body').innerText(), /HELO/);
      await window.picture('mail', 980);
    });

    it('shows what lets the instance begin anew, and what takes the last change of the guest back, from the palette', async () => {
      await choose('Reboot and Prove Again…', pickFirst);
      await pick(page, say('Reboot'));
      await button('Apply').waitFor({ timeout: 60_000 });
      await runCommand(page, 'View: Close Editor');
      await choose('Revert Last Guest Change…');
      await button('Apply').waitFor({ timeout: 60_000 });
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

    it('offers the better form for what was written by hand, shows the difference, and takes it back', () =>
      offerBetterForm(window));

    it('counts down while a change waits to be confirmed, and takes it back when told', () =>
      revertWhileCounting(window));

    it('says who gives the guest its addresses, where an agent does', () => nameAgents(window));

    it('shows the hostile name of a guest as it is, in the title of the difference too', () =>
      showHostileGuest(window));

    it('attaches a further ENI, and gives it a routing table of its own in the guest', async () => {
      await contextMenu(network(), /ENI-01/, say('Attach Network Interface…'));
      await waitForQuickInput(page, '1/3');
      await pickFirst(page);
      await waitForQuickInput(page, '2/3');
      await acceptMany(page);
      await waitForQuickInput(page, '3/3');
      await fillInput(page, '2');
      await applyShownPlan(page, 'notAsked', say);
      await window.lab.settle();
      await button('Configure Guest OS…').click();
      await webview(page).getByText('60-ec2-multi-ip-eth1').waitFor({ timeout: 60_000 });
      await window.picture('further');
      await applyShownPlan(page, 'notAsked', say);
      await button('Validate').waitFor();
      const [guest] = await window.lab.guests();
      assert.ok(guest !== undefined);
      const { stdout } = await window.lab.runInGuest(
        guest.instanceId,
        'ip -4 rule; ip -4 route show table 10001',
      );
      assert.equal(stdout.match(/lookup 10001/g)?.length, 2, stdout);
      assert.match(stdout, /default via 192\.168\.1\.1 dev eth1/);
    });

    it('proves, diagnoses and looks at the names of all ENIs that are selected', () => testSelected(window));

    it('tears everything down again', async () => {
      await contextMenu(network(), /mail.*192\.168\.1\.0\/24/, say('Tear Down…'));
      await applyShownPlan(page, 'asked', say);
      await treeRow(network(), /ENI-01/).waitFor({ state: 'detached' });
      assert.deepEqual(holdings(await window.lab.state()), held);
    });
  });
