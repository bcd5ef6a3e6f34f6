import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandTargets } from '../../src/ui/contributions.ts';
import { startRegion } from './emulatedRegion.ts';
import type { EmulatedRegion } from './emulatedRegion.ts';
import { accept, panelTitles, until } from './window.ts';

describe('the commands', () => {
  let region: EmulatedRegion;

  before(async () => {
    region = await startRegion();
  });

  after(async () => {
    await region.stop();
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('are all registered once the extension is active', async () => {
    await vscode.extensions.getExtension('ec2-multi-ip.ec2-multi-ip')?.activate();
    const registered = await vscode.commands.getCommands(true);
    for (const id of Object.keys(commandTargets))
      assert.ok(registered.includes(id), `${id} is not registered`);
  });

  it('add a pair to the ENI that they are given', async () => {
    const done = vscode.commands.executeCommand('ec2MultiIp.addPairs', { kind: 'eni', eniId: region.eniId });
    await accept(done);
    assert.deepEqual(await panelTitles(), ['Add Addresses to “ENI-01 for standalone”']);
  });

  it('add a pair to the ENI that is chosen in the palette', async () => {
    await accept(vscode.commands.executeCommand('ec2MultiIp.addPairs'));
    assert.deepEqual(await panelTitles(), ['Add Addresses to “ENI-01 for standalone”']);
  });

  it('take a tree node for its target', async () => {
    const node = { target: { kind: 'vpc', vpcId: region.vpcId } };
    await accept(vscode.commands.executeCommand('ec2MultiIp.tearDown', node));
    assert.deepEqual(await panelTitles(), ['Tear Down “standalone”']);
  });

  it('change nothing until the plan is applied', async () => {
    const before = await region.emulator.state();
    await accept(vscode.commands.executeCommand('ec2MultiIp.createStack'), 'Escape');
    await accept(vscode.commands.executeCommand('ec2MultiIp.addPairs'));
    assert.deepEqual(await region.emulator.state(), before);
  });

  it('copy the address that the world sees', async () => {
    const { Addresses = [] } = await region.ec2.describeAddresses({});
    const eip = Addresses.find(({ PrivateIpAddress }) => PrivateIpAddress === '192.168.1.101')?.PublicIp;
    assert.ok(eip);
    const target = { kind: 'address', eniId: region.eniId, address: '192.168.1.101' };
    await vscode.commands.executeCommand('ec2MultiIp.copyAddress', target);
    await until(async () => (await vscode.env.clipboard.readText()) === eip);
    await vscode.commands.executeCommand('ec2MultiIp.copyId', { kind: 'eni', eniId: region.eniId });
    await until(async () => (await vscode.env.clipboard.readText()) === region.eniId);
  });

  it('copy the IAM policy that is shipped', async () => {
    await vscode.commands.executeCommand('ec2MultiIp.copyIamPolicy');
    await until(async () => (await vscode.env.clipboard.readText()).includes('"ec2:AllocateAddress"'));
    const policy = JSON.parse(await vscode.env.clipboard.readText()) as { readonly Version: string };
    assert.equal(policy.Version, '2012-10-17');
  });
});
