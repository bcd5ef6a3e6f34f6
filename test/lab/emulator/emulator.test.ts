import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import {
  AllocateAddressCommand,
  CreateVpcCommand,
  DeleteVpcCommand,
  DescribeVpcsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { accessKeys, startEmulator } from './emulator.ts';
import type { Emulator } from './emulator.ts';
import { holdings } from './state.ts';

function clientOf(endpoint: string, accessKeyId: string = accessKeys.good): EC2Client {
  const credentials = { accessKeyId, secretAccessKey: 'secret' };
  return new EC2Client({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
}

/** Starts an emulator from a process of its own, and returns that process and the endpoint. */
async function startInChild() {
  const module = JSON.stringify(new URL('emulator.ts', import.meta.url).href);
  const script = `
    const { startEmulator } = await import(${module});
    console.log((await startEmulator()).endpoint);
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [endpoint] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, endpoint };
}

/** Resolves once nothing listens there any more; mocha's timeout is the limit. */
async function untilRefused(endpoint: string): Promise<void> {
  for (;;) {
    const answers = await fetch(endpoint).then(
      () => true,
      () => false,
    );
    if (!answers) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('the emulator', function () {
  // The first start on a machine makes the virtual environment.
  this.timeout(300_000);
  let emulator: Emulator;
  let client: EC2Client;

  before(async () => {
    emulator = await startEmulator({ transitionSeconds: 0 });
    client = clientOf(emulator.endpoint);
  });
  beforeEach(() => emulator.reset());
  after(async () => {
    client.destroy();
    await emulator.stop();
  });

  it('shows in its state what was made, in the shapes of the SDK', async () => {
    const { Vpc } = await client.send(new CreateVpcCommand({ CidrBlock: '192.168.1.0/24' }));
    const { Vpcs } = await emulator.state();
    const dumped = Vpcs.find((vpc) => vpc.VpcId === Vpc?.VpcId);
    equal(dumped?.CidrBlock, '192.168.1.0/24');
    equal(dumped.IsDefault, false);
  });

  it('holds what it held before once all is deleted', async () => {
    const before = await emulator.state();
    const { Vpc } = await client.send(new CreateVpcCommand({ CidrBlock: '192.168.1.0/24' }));
    const between = await emulator.state();
    await client.send(new DeleteVpcCommand({ VpcId: Vpc?.VpcId }));
    const after = await emulator.state();
    deepEqual(holdings(after), holdings(before));
    ok(between.Vpcs.length > before.Vpcs.length);
    ok(before.version < between.version && between.version < after.version);
  });

  it('answers a waiting reader as soon as something changes', async () => {
    const { version } = await emulator.state();
    const waiting = emulator.state(version);
    await client.send(new DescribeVpcsCommand({}));
    await client.send(new AllocateAddressCommand({}));
    const changed = await waiting;
    equal(changed.version, version + 1);
    equal(changed.Addresses.length, 1);
  });

  it('enforces the quota that was set last', async () => {
    await emulator.setQuota(1);
    await client.send(new AllocateAddressCommand({}));
    await rejects(client.send(new AllocateAddressCommand({})), { name: 'AddressLimitExceeded' });
    equal((await emulator.state()).vpcMaxElasticIps, 1);
  });

  it('makes the same ids again from the same seed', async () => {
    await emulator.seed(42);
    const first = await client.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
    await emulator.reset();
    await emulator.seed(42);
    const second = await client.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
    equal(first.Vpc?.VpcId, second.Vpc?.VpcId);
  });

  it('says what is wrong with a request of the lab', async () => {
    await rejects(emulator.setQuota(-1), /vpcMaxElasticIps must be a whole number/);
    await rejects(emulator.setConsoleOutput('i-00000000000000000', 'x'), /i-00000000000000000/);
  });

  it('refuses credentials that are wrong or expired', async () => {
    for (const [key, name] of [
      [accessKeys.invalid, 'AuthFailure'],
      [accessKeys.expired, 'RequestExpired'],
    ] as const) {
      const other = clientOf(emulator.endpoint, key);
      await rejects(other.send(new DescribeVpcsCommand({})), { name });
      other.destroy();
    }
  });

  it('runs beside another one that knows nothing of it', async () => {
    const other = await startEmulator();
    await client.send(new AllocateAddressCommand({}));
    equal((await other.state()).Addresses.length, 0);
    await other.stop();
    await other.stop();
    await untilRefused(other.endpoint);
  });

  it('ends with a parent that was killed', async () => {
    const { child, endpoint } = await startInChild();
    match(await fetch(`${endpoint}/lab-api/state`).then((answer) => answer.text()), /"version"/);
    child.kill('SIGKILL');
    await untilRefused(endpoint);
  });

  it('says why it could not start', async () => {
    const port = Number(new URL(emulator.endpoint).port);
    await rejects(startEmulator({ port }), /ended before it listened: .*(in use|Address)/s);
  });
});
