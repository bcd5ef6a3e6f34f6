import { deepEqual, equal } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { planAsScript } from '../../../src/core/plan/cli/script.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import {
  prepareAddPairs,
  prepareStack,
  prepareTeardown,
  prepareUnpair,
} from '../../../src/core/plan/preflight.ts';
import { accessKeys } from '../../lab/emulator/emulator.ts';
import { holdings } from '../../lab/emulator/state.ts';
import { ensurePackages } from '../../lab/process/packages.ts';
import { type Region, applied, startRegion, walkStack } from '../aws/region.ts';
import { stateShape } from '../aws/stateShape.ts';

/** A directory whose `aws` is the real one, but talks to the endpoint alone: Debian's knows no variable for that. */
async function directedCli(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-aws-'));
  const program = join(directory, 'aws');
  await writeFile(program, '#!/bin/sh\nexec /usr/bin/aws --endpoint-url "${ENDPOINT:?}" "$@"\n');
  await chmod(program, 0o755);
  return directory;
}

describe('a plan copied as AWS CLI commands', function () {
  this.timeout(120_000);
  let region: Region;
  let directory: string;

  /** Runs a plan's script with a real shell and a real AWS CLI. */
  const runScript = async (plan: Plan) =>
    promisify(execFile)('/bin/sh', ['-c', planAsScript(plan)], {
      env: {
        PATH: `${directory}:/usr/bin:/bin`,
        ENDPOINT: region.proxy.endpoint,
        AWS_ACCESS_KEY_ID: accessKeys.good,
        AWS_SECRET_ACCESS_KEY: 'secret',
        AWS_EC2_METADATA_DISABLED: 'true',
      },
    });

  before(async () => {
    await ensurePackages('The AWS CLI', { '/usr/bin/aws': 'awscli' }, () => undefined);
    directory = await directedCli();
    region = await startRegion();
  });
  beforeEach(() => region.reset());
  after(async () => {
    await region.stop();
    await rm(directory, { recursive: true });
  });

  const shape = async () => stateShape(await region.emulator.state());
  const held = async () => holdings(await region.emulator.state());

  it('makes the same stack as applying it does, hostile names and all', async () => {
    const stack = walkStack();
    const name = `$(exit 7) 'a' "b" \\ \`c\` メール\nexit 8`;
    const spec = {
      ...stack,
      vpc: { ...stack.vpc, name },
      subnet: { ...stack.subnet, availabilityZone: 'us-east-1b' },
      eni: { ...stack.eni, name },
    };
    await applied(region, await prepareStack(region.ec2, spec));
    const wanted = await shape();
    await region.reset();
    const before = await held();
    await runScript(await prepareStack(region.ec2, spec));
    deepEqual(await shape(), wanted);

    const vpc = (await region.emulator.state()).Vpcs.find(({ CidrBlock }) => CidrBlock === '192.168.1.0/24');
    const scope = { vpcId: vpc?.VpcId ?? '' };
    await runScript(await prepareTeardown(region.ec2, scope));
    deepEqual(await held(), before);
  });

  it('adds and ends a pair as applying does', async () => {
    const type = 't3.small';
    const stack = walkStack();
    const outputs = await applied(
      region,
      await prepareStack(region.ec2, { ...stack, instance: { ...stack.instance, instanceType: type } }),
    );
    const networkInterfaceId = outputs.get('eni')?.['networkInterfaceId'] ?? '';
    await runScript(await prepareAddPairs(region.ec2, { networkInterfaceId, addresses: { count: 1 } }));
    const eni = (await region.emulator.state()).NetworkInterfaces.find(
      (it) => it.NetworkInterfaceId === networkInterfaceId,
    );
    equal(eni?.PrivateIpAddresses?.filter(({ Association }) => Association !== undefined).length, 3);
    const privateAddress = eni.PrivateIpAddresses[2]?.PrivateIpAddress ?? '';
    await runScript(
      await prepareUnpair(region.ec2, {
        networkInterfaceId,
        privateAddress,
        eip: 'release',
        address: 'remove',
      }),
    );
    const after = (await region.emulator.state()).NetworkInterfaces.find(
      (it) => it.NetworkInterfaceId === networkInterfaceId,
    );
    equal(after?.PrivateIpAddresses?.filter(({ Association }) => Association !== undefined).length, 2);
  });
});
