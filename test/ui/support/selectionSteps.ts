import assert from 'node:assert/strict';
import { webview } from '../../lab/vscode/ui/editors.ts';
import { runCommand } from '../../lab/vscode/ui/quickInput.ts';
import { contextMenu, view } from '../../lab/vscode/ui/tree.ts';
import { tableCells } from './plan.ts';
import type { LabWindow } from './window.ts';

/** Each command that tests pairs tests those of all ENIs that are selected. */
export async function testSelected({ page, say }: LabWindow): Promise<void> {
  const network = view(page, say('Network'));
  const enis = network.getByRole('treeitem', { name: /ENI-0\d|eth1|eni-/, level: 3 });
  for (const title of ['Validate', 'Diagnose', 'Check Mail Addresses']) {
    // What the one before found must not be taken for this one's.
    await runCommand(page, 'View: Close All Editors');
    assert.equal(await enis.count(), 2);
    await enis.nth(0).click();
    await enis.nth(1).click({ modifiers: ['Control'] });
    await contextMenu(network, (await enis.nth(1).getAttribute('aria-label')) ?? '', say(title));
    await webview(page)
      .getByRole('button', { name: say('Validate Again') })
      .waitFor({ timeout: 60_000 });
    assert.equal((await tableCells(page)).length, 5, title);
    // The names of mail have a column of their own.
    const isMail = title === 'Check Mail Addresses';
    assert.equal(await webview(page).getByRole('columnheader').count(), isMail ? 14 : 13, title);
  }
}
