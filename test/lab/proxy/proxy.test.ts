import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import {
  AllocateAddressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateVpcCommand,
  DescribeAddressesCommand,
  DescribeVpcsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { accessKeys, startEmulator } from '../emulator/emulator.ts';
import type { Emulator } from '../emulator/emulator.ts';
import { deny } from './faults/deny.ts';
import { fallSilent, resetConnection } from './faults/drop.ts';
import { hideNew } from './faults/hideNew.ts';
import { refuse } from './faults/refuse.ts';
import { repeatOld } from './faults/repeatOld.ts';
import { throttle } from './faults/throttle.ts';
import { startFaultProxy } from './proxy.ts';
import type { FaultProxy } from './proxy.ts';
import { isMutating, nth, onAction } from './select.ts';

describe('the fault proxy', function () {
  // The first start on a machine makes the virtual environment.
  this.timeout(300_000);
  let emulator: Emulator;
  let proxy: FaultProxy;
  let client: EC2Client;

  const allocate = () => client.send(new AllocateAddressCommand({}));
  const allocated = async () => (await emulator.state()).Addresses.length;
  const createVpc = async () =>
    (await client.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }))).Vpc?.VpcId;
  const vpcs = async (...VpcIds: string[]) => {
    const answer = await client.send(new DescribeVpcsCommand(VpcIds.length > 0 ? { VpcIds } : {}));
    return (answer.Vpcs ?? []).map((vpc) => vpc.VpcId);
  };

  before(async () => {
    emulator = await startEmulator({ transitionSeconds: 0 });
    proxy = await startFaultProxy({ upstream: { socketPath: emulator.socketPath } });
    client = new EC2Client({
      endpoint: proxy.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: accessKeys.good, secretAccessKey: 'secret' },
      maxAttempts: 1,
    });
  });
  beforeEach(async () => {
    await emulator.reset();
    proxy.restore();
    proxy.clear();
  });
  after(async () => {
    client.destroy();
    await proxy.stop();
    await emulator.stop();
  });

  it('passes calls on and records them', async () => {
    await allocate();
    await rejects(vpcs('vpc-00000000000000000'), { name: 'InvalidVpcID.NotFound' });
    deepEqual(
      proxy.calls().map(({ action, status }) => [action, status]),
      [
        ['AllocateAddress', 200],
        ['DescribeVpcs', 400],
      ],
    );
    equal(proxy.calls()[1]?.params.get('VpcId.1'), 'vpc-00000000000000000');
    equal(await allocated(), 1);
    proxy.clear();
    deepEqual(proxy.calls(), []);
  });

  it('reaches an emulator by its endpoint too', async () => {
    const other = await startFaultProxy({ upstream: emulator.endpoint });
    const answer = await fetch(`${other.endpoint}/lab-api/state`);
    ok((await answer.text()).includes('"version"'));
    await other.stop();
  });

  it('holds a call back for the latency before it has any effect', async () => {
    proxy.setLatency(600_000);
    const abortSignal = AbortSignal.timeout(500);
    await rejects(client.send(new AllocateAddressCommand({}), { abortSignal }), { name: 'AbortError' });
    equal(await allocated(), 0);
    proxy.setLatency(1);
    await allocate();
    equal(await allocated(), 1);
  });

  it('refuses before the effect', async () => {
    proxy.use(refuse(onAction('AllocateAddress'), 'InsufficientAddressCapacity', 'None <left>'));
    await rejects(allocate(), { name: 'InsufficientAddressCapacity', message: 'None <left>' });
    equal(await allocated(), 0);
  });

  it('takes a rule away again', async () => {
    const remove = proxy.use(refuse(() => true, 'InternalError', 'broken', 500));
    await rejects(allocate(), { name: 'InternalError' });
    remove();
    await allocate();
  });

  it('strikes at the n-th mutating call alone', async () => {
    proxy.use(refuse(nth(2, isMutating), 'InternalError', 'broken', 500));
    await allocate();
    await vpcs();
    await rejects(allocate());
    await allocate();
    equal(await allocated(), 2);
  });

  for (const [when, effects] of [
    ['before', 0],
    ['after', 1],
  ] as const) {
    it(`resets the connection ${when} the effect`, async () => {
      proxy.use(resetConnection(isMutating, when));
      await rejects(allocate(), { code: 'ECONNRESET' });
      equal(await allocated(), effects);
      equal(proxy.calls()[0]?.status, undefined);
    });

    it(`falls silent ${when} the effect until the client gives up`, async () => {
      proxy.use(fallSilent(isMutating, when));
      const abortSignal = AbortSignal.timeout(500);
      await rejects(client.send(new AllocateAddressCommand({}), { abortSignal }), { name: 'AbortError' });
      equal(await allocated(), effects);
    });
  }

  it('denies an action as IAM does, with DryRun too', async () => {
    proxy.use(deny('AllocateAddress'));
    await rejects(client.send(new AllocateAddressCommand({ DryRun: true })), {
      name: 'UnauthorizedOperation',
      message: /ec2:AllocateAddress/,
    });
    await vpcs();
  });

  it('throttles to the buckets, and lets calls through again as they fill', async () => {
    let now = 0;
    await emulator.setQuota(100);
    proxy.use(throttle(() => now));
    await Promise.all(Array.from({ length: 50 }, allocate));
    await rejects(allocate(), { name: 'RequestLimitExceeded' });
    await vpcs();
    now += 200;
    await allocate();
    await rejects(allocate(), { name: 'RequestLimitExceeded' });
    equal(await allocated(), 51);
  });

  it('hides what was just made from the first describes', async () => {
    const before = await vpcs();
    proxy.use(hideNew(2));
    const vpc = (await createVpc()) ?? '';
    deepEqual(await vpcs(), before);
    await rejects(vpcs(vpc), { name: 'InvalidVpcID.NotFound' });
    ok((await vpcs()).includes(vpc));
    deepEqual(await vpcs(vpc), [vpc]);
  });

  it('hides a new thing without harm to the others of the list and what is nested in them', async () => {
    const VpcId = await createVpc();
    const group = { GroupName: 'web', Description: 'web', VpcId };
    const { GroupId } = await client.send(new CreateSecurityGroupCommand(group));
    const IpPermissions = [
      { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
    ];
    await client.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
    await allocate();
    const addresses = async () => (await client.send(new DescribeAddressesCommand({}))).Addresses ?? [];
    const before = await addresses();
    proxy.use(hideNew(1));
    await allocate();
    deepEqual(await addresses(), before);
    equal((await addresses()).length, 2);
  });

  it('repeats old answers after a change', async () => {
    proxy.use(repeatOld(1));
    const before = await vpcs();
    await createVpc();
    deepEqual(await vpcs(), before);
    equal((await vpcs()).length, before.length + 1);
  });
});
