import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openEc2 } from '../../src/core/aws/door.ts';
import type { Ec2 } from '../../src/core/aws/ec2.ts';
import { CoreError, isCoreError } from '../../src/core/base/errors.ts';
import { silentLog } from '../../src/core/base/log.ts';
import { applyPlan } from '../../src/core/plan/apply.ts';
import { Clouds } from '../../src/ui/clouds.ts';
import { createCommandBoundary } from '../../src/ui/commandBoundary.ts';
import { registerDiagnose } from '../../src/ui/commands/diagnose.ts';
import { registerMailSettings } from '../../src/ui/commands/mailSettings.ts';
import { registerPair } from '../../src/ui/commands/pair.ts';
import { registerRebootAndProve } from '../../src/ui/commands/rebootAndProve.ts';
import { PlanBook } from '../../src/ui/plan/planBook.ts';
import type { PlanJob } from '../../src/ui/plan/planDesk.ts';
import { handlersFor } from '../../src/ui/plan/planHandlers.ts';
import { ProofBook } from '../../src/ui/proofBook.ts';
import { Refusal } from '../../src/ui/refusal.ts';
import type { Services } from '../../src/ui/services.ts';
import { settings } from '../../src/ui/settings.ts';
import { NetworkFilter } from '../../src/ui/tree/networkFilter.ts';
import type { TreeNode } from '../../src/ui/tree/node.ts';
import type { NodeTreeProvider } from '../../src/ui/tree/provider.ts';
import { type Trees, createTrees } from '../../src/ui/tree/views.ts';
import type { ValidationPanels } from '../../src/ui/validation/validationPanel.ts';
import { accessKeys, debianImage } from '../lab/emulator/emulator.ts';
import { type EmulatedRegion, set, startRegion } from './emulatedRegion.ts';
import { accept, until } from './window.ts';

const TOKYO = 'ap-northeast-1';

describe('several Regions at once', () => {
  let home: EmulatedRegion;
  let tokyo: Ec2;
  let eniId: string;
  let clouds: Clouds;
  let trees: Trees;
  let log: vscode.LogOutputChannel;

  before(async () => {
    home = await startRegion();
    tokyo = await openEc2({ region: TOKYO, endpoint: home.emulator.endpoint, log: silentLog });
    const { Vpc } = await tokyo.createVpc({ CidrBlock: '10.7.0.0/24' });
    const VpcId = Vpc?.VpcId ?? '';
    const { Subnet } = await tokyo.createSubnet({ VpcId, CidrBlock: '10.7.0.0/24' });
    const { NetworkInterface } = await tokyo.createNetworkInterface({
      SubnetId: Subnet?.SubnetId ?? '',
      PrivateIpAddress: '10.7.0.10',
    });
    eniId = NetworkInterface?.NetworkInterfaceId ?? '';
    const { InternetGateway } = await tokyo.createInternetGateway({});
    const InternetGatewayId = InternetGateway?.InternetGatewayId ?? '';
    await tokyo.attachInternetGateway({ InternetGatewayId, VpcId });
    await tokyo.allocateAddress({ Domain: 'vpc' });
    await set('furtherRegions', [TOKYO]);
    log = vscode.window.createOutputChannel('regions test', { log: true });
  });

  after(async () => {
    await set('furtherRegions', undefined);
    log.dispose();
    tokyo.close();
    await home.stop();
  });

  beforeEach(() => {
    clouds = new Clouds(settings, silentLog);
    trees = createTrees({
      clouds,
      proofs: new ProofBook(),
      book: new PlanBook('/nowhere'),
      boundary: createCommandBoundary(log),
      settings,
      filter: new NetworkFilter(),
    });
  });

  afterEach(async () => {
    trees.dispose();
    clouds.dispose();
    process.env['AWS_ACCESS_KEY_ID'] = accessKeys.good;
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const text = (shown: unknown) => (typeof shown === 'string' ? shown : '');
  const itemOf = (node: TreeNode) => node.toTreeItem();
  async function named(tree: NodeTreeProvider, label: string): Promise<TreeNode> {
    const found = (await tree.getChildren()).find((node) => itemOf(node).label === label);
    assert.ok(found, `there is no row ${label}`);
    return found;
  }
  async function allBelow(tree: NodeTreeProvider, node: TreeNode): Promise<readonly TreeNode[]> {
    const children = await tree.getChildren(node);
    return [...children, ...(await Promise.all(children.map((child) => allBelow(tree, child)))).flat()];
  }
  const labelsBelow = async (tree: NodeTreeProvider, region: string) =>
    (await allBelow(tree, await named(tree, region))).map((node) => text(itemOf(node).label));
  const isRead = async (region: string) => (await clouds.inRegion(region)).last !== undefined;

  /** As after a change of the AWS configuration files. */
  function otherKeysFromNowOn(): void {
    process.env['AWS_ACCESS_KEY_ID'] = accessKeys.otherAccount;
    clouds.main.startOver();
  }

  it('are each read when they are opened, and show whose they are', async () => {
    const network = trees['ec2MultiIp.network'];
    const roots = (await network.getChildren()).map(itemOf);
    assert.deepEqual(
      roots.map(({ label, collapsibleState, description }) => [label, collapsibleState, description]),
      [
        ['us-east-1', vscode.TreeItemCollapsibleState.Expanded, '123456789012'],
        [TOKYO, vscode.TreeItemCollapsibleState.Collapsed, '123456789012'],
      ],
    );
    assert.equal(await isRead(TOKYO), false);
    assert.ok((await labelsBelow(network, 'us-east-1')).includes('standalone'));
    assert.equal(await isRead(TOKYO), false);
    assert.ok((await labelsBelow(network, TOKYO)).includes('10.7.0.10'));
    assert.equal(await isRead(TOKYO), true);
    assert.match(text(itemOf(await named(network, TOKYO)).tooltip), /Read at/);
  });

  it('have their Elastic IPs each', async () => {
    const eips = trees['ec2MultiIp.elasticIps'];
    assert.equal((await labelsBelow(eips, 'us-east-1')).length, 2);
    assert.equal((await labelsBelow(eips, TOKYO)).length, 1);
  });

  it('are acted in as the row says that a command was called on', async () => {
    const network = trees['ec2MultiIp.network'];
    const rows = await allBelow(network, await named(network, TOKYO));
    const row = rows.find(({ id }) => id === `${eniId}/10.7.0.10`);
    const jobs: PlanJob[] = [];
    const boundary = createCommandBoundary(log);
    // All that the command uses of the services.
    const desk = { present: (job: PlanJob) => jobs.push(job) };
    const registered = registerPair({ boundary, clouds, desk } as unknown as Services);
    await accept(boundary.invoke('ec2MultiIp.pair', row));
    registered.dispose();
    const [job] = jobs;
    assert.equal(job?.plan.region, TOKYO);
    await applyPlan(job.plan, { handlers: job.handlers });
    const { Addresses = [] } = await tokyo.describeAddresses({});
    assert.ok(Addresses.some(({ PrivateIpAddress }) => PrivateIpAddress === '10.7.0.10'));
    // What an earlier session left there is carried out there too, and nowhere else.
    assert.ok(await handlersFor(job, clouds, {} as never));
    await assert.rejects(
      handlersFor({ plan: { ...job.plan, region: 'eu-west-1' } }, clouds, {} as never),
      /belongs to the Region eu-west-1/,
    );
  });

  it('are those whose mail is looked at and set up, and whose instances begin anew', async () => {
    const { Instances = [] } = await tokyo.runInstances({
      ...{ ImageId: debianImage, InstanceType: 't3.micro', MinCount: 1, MaxCount: 1 },
      NetworkInterfaces: [{ NetworkInterfaceId: eniId, DeviceIndex: 0 }],
    });
    const instanceId = Instances[0]?.InstanceId ?? '';
    await until(async () => {
      const { Reservations = [] } = await tokyo.describeInstances({ InstanceIds: [instanceId] });
      return Reservations[0]?.Instances?.[0]?.State?.Name === 'running';
    });
    const jobs: PlanJob[] = [];
    const tested: unknown[] = [];
    const boundary = createCommandBoundary(log);
    // All that the commands use of the services.
    const desk = { present: (job: PlanJob) => jobs.push(job) };
    const access = {
      connectionsTo: () => Promise.reject(new CoreError('plan.notFound', { what: 'way in', id: instanceId })),
    };
    const services = { boundary, clouds, desk, settings, access } as unknown as Services;
    const panels = {
      test: (...what: readonly unknown[]) => Promise.resolve(tested.push(what)),
    } as unknown as ValidationPanels;
    const registered = vscode.Disposable.from(
      registerDiagnose(services, panels),
      registerMailSettings(services),
      registerRebootAndProve(services, panels),
    );
    const target = { kind: 'eni', eniId, region: TOKYO };
    await boundary.invoke('ec2MultiIp.checkMail', { target });
    assert.deepEqual(tested, [[[eniId], TOKYO, [25]]]);
    await vscode.env.clipboard.writeText('nothing');
    await accept(boundary.invoke('ec2MultiIp.copyMailSettings', { target }));
    assert.match(await vscode.env.clipboard.readText(), /10\.7\.0\.10/);
    await accept(boundary.invoke('ec2MultiIp.rebootAndProve', { target }));
    registered.dispose();
    assert.equal(jobs[0]?.plan.region, TOKYO);
    const [change] = jobs[0].plan.changes;
    assert.deepEqual(change?.input, { instanceId });
    await tokyo.terminateInstances({ InstanceIds: [instanceId] });
  });

  it('are named by what is copied of a row', async () => {
    await vscode.env.clipboard.writeText('nothing');
    const target = { kind: 'eni', eniId, region: TOKYO };
    await vscode.commands.executeCommand('ec2MultiIp.copyArn', { target });
    assert.match(await vscode.env.clipboard.readText(), new RegExp(`^arn:aws:ec2:${TOKYO}:123456789012:`));
  });

  it('are not written to with another account’s credentials than the one that is shown', async () => {
    await clouds.main.inventory();
    otherKeysFromNowOn();
    const cloud = await clouds.inRegion(TOKYO);
    await assert.rejects(cloud.requireShownAccount(AbortSignal.timeout(10_000)), (error) =>
      isCoreError(error, 'aws.otherAccount'),
    );
  });

  it('are all dropped when one turns out to be of another account', async () => {
    await clouds.main.inventory();
    const left: (string | undefined)[] = [];
    clouds.shownAccount.onDidSwitch((account) => left.push(account));
    otherKeysFromNowOn();
    await (await clouds.inRegion(TOKYO)).inventory();
    assert.deepEqual(left, ['123456789012']);
    assert.equal(clouds.account, '210987654321');
    assert.equal(clouds.main.last, undefined);
  });

  it('are all dropped with the profile', async () => {
    await clouds.main.inventory();
    const cloud = await clouds.inRegion(TOKYO);
    await cloud.inventory();
    await set('region', 'eu-west-1');
    await until(() => clouds.account === undefined);
    assert.deepEqual([clouds.main.last, cloud.last], [undefined, undefined]);
    await set('region', 'us-east-1');
  });

  it('keep the failure of one to itself', async () => {
    await set('furtherRegions', [TOKYO, 'nowhere-1']);
    await until(() => clouds.furtherRegions.includes('nowhere-1'));
    const network = trees['ec2MultiIp.network'];
    const [note] = await network.getChildren(await named(network, 'nowhere-1'));
    assert.ok(note);
    assert.notEqual(itemOf(note).label, '');
    assert.ok((await labelsBelow(network, TOKYO)).includes('10.7.0.10'));
    await set('furtherRegions', [TOKYO]);
    await until(() => !clouds.furtherRegions.includes('nowhere-1'));
    await assert.rejects(clouds.inRegion('nowhere-1'), Refusal);
  });

  it('are chosen by a command, of what the account has', async () => {
    await accept(vscode.commands.executeCommand('ec2MultiIp.chooseRegions'));
    assert.deepEqual(settings.get('ec2MultiIp.furtherRegions'), [TOKYO]);
    assert.equal(settings.get('ec2MultiIp.region'), 'us-east-1');
  });
});
