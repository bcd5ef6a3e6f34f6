import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { startRegion } from './emulatedRegion.ts';
import type { EmulatedRegion } from './emulatedRegion.ts';
import { accept, panelTitles } from './window.ts';

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl';

describe('the commands of the recipes', () => {
  let region: EmulatedRegion;
  let eips: readonly { readonly allocationId: string; readonly publicIp: string }[];
  let instanceId: string;

  before(async () => {
    // With a key pair, which comes first: else a launch would make a key in this person's own folder.
    region = await startRegion(KEY);
    const { Addresses = [] } = await region.ec2.describeAddresses({});
    eips = Addresses.map(({ AllocationId = '', PublicIp = '' }) => ({
      allocationId: AllocationId,
      publicIp: PublicIp,
    }));
    // An address to move to, an idle EIP and a ready ENI.
    await region.ec2.assignPrivateIpAddresses({
      NetworkInterfaceId: region.eniId,
      PrivateIpAddresses: ['192.168.1.102'],
    });
    const idle = await region.ec2.allocateAddress({});
    eips = [...eips, { allocationId: idle.AllocationId ?? '', publicIp: idle.PublicIp ?? '' }];
    const { NetworkInterfaces = [] } = await region.ec2.describeNetworkInterfaces({});
    instanceId = NetworkInterfaces[0]?.Attachment?.InstanceId ?? '';
    await vscode.commands.executeCommand('ec2MultiIp.refresh');
  });

  after(async () => {
    await region.stop();
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  /** Answers all questions with what they propose; the titles of the panels then. */
  async function titlesOf(command: string, target?: object): Promise<readonly string[]> {
    await accept(vscode.commands.executeCommand(`ec2MultiIp.${command}`, target));
    return panelTitles();
  }

  const node = (target: object) => ({ target });
  const address = (text: string) => node({ kind: 'address', eniId: region.eniId, address: text });

  it('move an EIP', async () => {
    const [first] = eips;
    assert.ok(first);
    const target = node({ kind: 'eip', allocationId: first.allocationId });
    assert.deepEqual(await titlesOf('moveEip', target), [`Move ${first.publicIp}`]);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    assert.match((await titlesOf('moveEip')).join(), /^Move 198\.51\.100\.\d+$/);
  });

  it('remove addresses', async () => {
    assert.deepEqual(await titlesOf('removePairs', address('192.168.1.101')), ['Remove Addresses']);
  });

  it('release idle EIPs', async () => {
    const target = node({ kind: 'eip', allocationId: eips.at(-1)?.allocationId });
    assert.deepEqual(await titlesOf('releaseEips', target), ['Release Elastic IPs']);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    assert.deepEqual(await titlesOf('releaseEips'), ['Release Elastic IPs']);
  });

  it('name the reverse DNS of an EIP', async () => {
    const target = node({ kind: 'eip', allocationId: eips[0]?.allocationId });
    assert.deepEqual(await titlesOf('reverseDns', target), [`Reverse DNS of ${eips[0]?.publicIp ?? ''}`]);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    assert.match((await titlesOf('reverseDns')).join(), /^Reverse DNS of 198/);
  });

  it('attach a further ENI', async () => {
    const title = 'Attach a Network Interface to “standalone”';
    assert.deepEqual(await titlesOf('attachEni', node({ kind: 'eni', eniId: region.eniId })), [title]);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    assert.deepEqual(await titlesOf('attachEni'), [title]);
    assert.ok(instanceId);
  });

  it('launch on an ENI that is ready', async () => {
    const { Subnets = [] } = await region.ec2.describeSubnets({
      Filters: [{ Name: 'vpc-id', Values: [region.vpcId] }],
    });
    const { NetworkInterface } = await region.ec2.createNetworkInterface({
      SubnetId: Subnets[0]?.SubnetId,
      PrivateIpAddresses: [{ PrivateIpAddress: '192.168.1.50', Primary: true }],
    });
    await vscode.commands.executeCommand('ec2MultiIp.refresh');
    const target = node({ kind: 'eni', eniId: NetworkInterface?.NetworkInterfaceId });
    assert.deepEqual(await titlesOf('launch', target), ['Launch Instance “standalone”']);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    assert.deepEqual(await titlesOf('launch'), ['Launch Instance “standalone”']);
  });
});
