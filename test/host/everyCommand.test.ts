import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { set, startRegion } from './emulatedRegion.ts';
import type { EmulatedRegion } from './emulatedRegion.ts';
import { accept, panelTitles, until } from './window.ts';

describe('the commands, from a node and from the palette', () => {
  let region: EmulatedRegion;

  before(async () => {
    region = await startRegion();
    await region.ec2.assignPrivateIpAddresses({
      NetworkInterfaceId: region.eniId,
      PrivateIpAddresses: ['192.168.1.102'],
    });
    await vscode.commands.executeCommand('ec2MultiIp.refresh');
  });

  after(async () => {
    await set('profile', undefined);
    await set('view.groupBy', undefined);
    await region.stop();
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const run = (command: string, target?: object, beside: readonly object[] = []): Thenable<unknown> => {
    const selected = beside.map((other) => ({ target: other }));
    return vscode.commands.executeCommand(`ec2MultiIp.${command}`, target && { target }, selected);
  };
  const address = (text: string) => ({ kind: 'address', eniId: region.eniId, address: text });
  const titles = async (done: Thenable<unknown>): Promise<string> => {
    await accept(done);
    const found = (await panelTitles()).join();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    return found;
  };
  const copied = async (done: Thenable<unknown>): Promise<string> => {
    await vscode.env.clipboard.writeText('nothing');
    await accept(done);
    await until(async () => (await vscode.env.clipboard.readText()) !== 'nothing');
    return vscode.env.clipboard.readText();
  };
  const setting = (key: string) => vscode.workspace.getConfiguration('ec2MultiIp').get<string>(key);

  it('pair an address', async () => {
    assert.equal(await titles(run('pair', address('192.168.1.102'))), 'Pair 192.168.1.102');
    assert.equal(await titles(run('pair')), 'Pair 192.168.1.102');
  });

  it('take a pair apart', async () => {
    assert.equal(await titles(run('unpair', address('192.168.1.101'))), 'Unpair 192.168.1.101');
    assert.match(await titles(run('unpair')), /^Unpair 192\.168\.1\.10/);
  });

  it('ask how a stack is to be', async () => {
    // The walk by clicking answers all of it.
    await accept(run('createStack', { kind: 'region', region: 'us-east-1' }), 'Escape');
    await accept(run('createStack'), 'Escape');
  });

  it('tear a stack down', async () => {
    const target = { kind: 'vpc', vpcId: region.vpcId };
    assert.equal(await titles(run('tearDown', target)), 'Tear Down “standalone”');
    assert.equal(await titles(run('tearDown')), 'Tear Down “standalone”');
  });

  it('remove addresses', async () => {
    await accept(run('removePairs', address('192.168.1.101')));
    assert.deepEqual(await panelTitles(), ['Remove Addresses']);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await accept(run('removePairs'), 'Tick');
    assert.deepEqual(await panelTitles(), ['Remove Addresses']);
  });

  it('copy addresses, ids and ARNs', async () => {
    assert.match(await copied(run('copyAddress', address('192.168.1.100'))), /^198\.51\.100\./);
    assert.match(await copied(run('copyAddress')), /^[\d.]+$/);
    const eni = { kind: 'eni', eniId: region.eniId };
    assert.equal(await copied(run('copyId', eni)), region.eniId);
    assert.match(await copied(run('copyId')), /^eni-/);
    const arn = await copied(run('copyArn', eni));
    assert.match(arn, new RegExp(`^arn:aws:ec2:us-east-1:\\d{12}:network-interface/${region.eniId}$`));
    assert.match(await copied(run('copyArn')), /^arn:aws:ec2:us-east-1:\d{12}:network-interface\/eni-/);
    const vpc = await copied(run('copyArn', { kind: 'vpc', vpcId: region.vpcId }));
    assert.ok(vpc.endsWith(`:vpc/${region.vpcId}`), vpc);
  });

  it('copy a line for each of the rows that are selected', async () => {
    const vpc = { kind: 'vpc', vpcId: region.vpcId };
    const eni = { kind: 'eni', eniId: region.eniId };
    assert.equal(await copied(run('copyId', eni, [vpc, eni])), `${region.eniId}\n${region.vpcId}`);
    const arns = (await copied(run('copyArn', eni, [vpc, eni]))).split('\n');
    assert.deepEqual(
      arns.map((arn) => arn.split(/[:/]/).at(-1)),
      [region.eniId, region.vpcId],
    );
    const [first, second] = [address('192.168.1.100'), address('192.168.1.102')];
    assert.match(
      await copied(run('copyAddress', first, [first, second])),
      /^198\.51\.100\.\d+\n192\.168\.1\.102$/,
    );
  });

  it('copy what binds a mail server to the addresses', async () => {
    const eni = { kind: 'eni', eniId: region.eniId };
    const settings = await copied(run('copyMailSettings', eni));
    assert.match(settings, /192\.168\.1\.100/);
    assert.equal(await copied(run('copyMailSettings')), settings);
  });

  it('group the network', async () => {
    await run('groupByInstance');
    assert.equal(setting('view.groupBy'), 'instance');
    await run('groupByVpc');
    assert.equal(setting('view.groupBy'), 'vpc');
  });

  it('filter the network', async () => {
    await accept(run('filter'));
    await run('clearFilter');
  });

  it('refresh, stop reading, and show the log', async () => {
    await run('refresh');
    await run('cancelReading');
    await run('showLog');
    // Nothing is kept, which is said.
    await run('forgetSecrets');
  });

  it('choose a Region and a profile', async () => {
    await accept(run('chooseRegion'));
    assert.equal(setting('region'), 'us-east-1');
    await accept(run('chooseProfile'));
    assert.equal(setting('profile'), '');
  });
});
