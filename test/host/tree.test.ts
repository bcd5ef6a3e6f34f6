import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { silentLog } from '../../src/core/base/log.ts';
import { Clouds } from '../../src/ui/clouds.ts';
import { ProofBook } from '../../src/ui/proofBook.ts';
import { settings } from '../../src/ui/settings.ts';
import { regionTree } from '../../src/ui/tree/networkRows.ts';
import type { TreeNode } from '../../src/ui/tree/node.ts';
import { NodeTreeProvider } from '../../src/ui/tree/provider.ts';
import { RowNode } from '../../src/ui/tree/rowNode.ts';
import { set, startRegion } from './emulatedRegion.ts';
import type { EmulatedRegion } from './emulatedRegion.ts';

describe('the network tree', () => {
  let region: EmulatedRegion;
  let clouds: Clouds;
  let provider: NodeTreeProvider;

  before(async () => {
    region = await startRegion();
    clouds = new Clouds(settings, silentLog);
    provider = new NodeTreeProvider(async () =>
      regionTree(await clouds.main.inventory(), clouds, new ProofBook()).map((row) => new RowNode(row)),
    );
  });

  after(async () => {
    provider.dispose();
    clouds.dispose();
    await region.stop();
  });

  async function labels(node?: TreeNode): Promise<readonly string[]> {
    const children = await provider.getChildren(node);
    const below = await Promise.all(children.map(async (child) => [text(child), ...(await labels(child))]));
    return below.flat();
  }

  function text(node: TreeNode): string {
    const { label } = provider.getTreeItem(node);
    return typeof label === 'string' ? label : (label?.label ?? '');
  }

  it('shows what the Region of the settings holds', async () => {
    const found = await labels();
    for (const label of [
      'us-east-1',
      'standalone',
      'ENI-01 for standalone',
      '192.168.1.100',
      '192.168.1.101',
    ]) {
      assert.ok(found.includes(label), `${label} is not in ${found.join(', ')}`);
    }
  });

  it('shows names of others as plain text', async () => {
    const hostile = '<b>x</b> [link](command:workbench.action.quit) $(trash)';
    await region.ec2.allocateAddress({
      TagSpecifications: [{ ResourceType: 'elastic-ip', Tags: [{ Key: 'Name', Value: hostile }] }],
    });
    const { inventory } = await clouds.main.refresh();
    assert.ok(inventory.eips.some(({ tags }) => tags['Name'] === hostile));
    const [root] = await provider.getChildren();
    assert.ok(root);
    const { tooltip } = provider.getTreeItem(root);
    assert.equal(typeof tooltip, 'string');
  });

  it('gives all who ask meanwhile the newest answer', async () => {
    const asked = provider.getChildren();
    const refreshed = clouds.main.refresh();
    const [first, index] = await Promise.all([asked, refreshed]);
    assert.equal((await clouds.main.inventory()).inventory.takenAt, index.inventory.takenAt);
    assert.equal(first.length, 1);
  });

  it('follows the settings to another Region', async () => {
    const changed = new Promise<void>((resolve) => {
      const once = clouds.main.onDidChange(() => {
        once.dispose();
        resolve();
      });
    });
    await set('region', 'eu-central-1');
    await changed;
    const found = await labels();
    assert.ok(found.includes('eu-central-1') && !found.includes('standalone'), found.join(', '));
    await set('region', 'us-east-1');
  });

  it('says why there is nothing to show, and works again afterwards', async () => {
    await set('endpoint', 'http://127.0.0.1:9');
    await assert.rejects(clouds.main.refresh(), { name: 'CoreError', code: 'aws.unreachable' });
    await set('endpoint', region.emulator.endpoint);
    assert.ok((await clouds.main.refresh()).inventory.vpcs.length > 0);
  });

  it('has its view open in the Activity Bar’s container', async () => {
    await vscode.commands.executeCommand('workbench.view.extension.ec2MultiIp');
    await vscode.commands.executeCommand('ec2MultiIp.network.focus');
  });
});
