import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type _InstanceType, DescribeNetworkInterfacesCommand } from '@aws-sdk/client-ec2';
import type { PairUnderTest } from '../../../src/core/probe/proof.ts';
import { debianImage } from '../../lab/emulator/emulator.ts';
import { startLab } from '../../lab/lab.ts';
import type { Lab } from '../../lab/lab.ts';
import { ec2Client } from '../../lab/testing/ec2.ts';
import { makeStack } from '../../lab/testing/stack.ts';
import { run } from '../ssh/command.ts';
import { startOperator } from './operator.ts';
import type { Operator, Setting } from './operator.ts';

/** A lab with the walk's stack, up to its ninth row: the guest runs and knows its primary address alone. */
export interface LabGuest {
  readonly lab: Lab;
  readonly instanceId: string;
  readonly setting: Setting;
  readonly pairs: readonly [PairUnderTest, PairUnderTest];
  /** The operator; another one takes its place when it has gone. */
  operator(): Operator;
  /** Runs a shell script as root in the guest, past its network; throws where it fails. */
  inGuest(script: string): Promise<string>;
  stop(): Promise<void>;
}

/** Starts a lab of its own with one guest, of Debian's image unless another is named. */
export async function startLabGuest(imageId = debianImage, type?: _InstanceType): Promise<LabGuest> {
  const directory = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-guest-'));
  const keyFile = join(directory, 'id');
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', keyFile]);
  const lab = await startLab({ images: [imageId] });
  const ec2 = ec2Client(lab);
  const stack = await makeStack(ec2, await readFile(`${keyFile}.pub`, 'utf8'), imageId, type);
  const { NetworkInterfaces = [] } = await ec2.send(
    new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [stack.eniId] }),
  );
  await lab.settle();
  const [primary, secondary] = stack.pairs;
  const { instanceId } = stack;
  const setting: Setting = {
    host: primary.publicAddress,
    user: 'admin',
    keyFile,
    instanceId,
    mac: NetworkInterfaces[0]?.MacAddress ?? '',
    knownHosts: join(directory, 'known_hosts'),
    echoUrl: lab.echoUrl,
    endpoint: lab.endpoint,
  };
  let operator: Operator | undefined;
  return {
    lab,
    instanceId,
    setting,
    pairs: [underTest(stack.eniId, primary), underTest(stack.eniId, secondary)],
    operator: () => {
      if (operator === undefined) {
        const started = startOperator(lab.enterOperator, setting);
        operator = started;
        void started.gone.then(() => {
          if (operator === started) operator = undefined;
        });
      }
      return operator;
    },
    inGuest: async (script) => {
      const { code, stdout, stderr } = await lab.runInGuest(instanceId, script);
      if (code !== 0) throw new Error(`${script}: exit ${code}: ${stderr}`);
      return stdout;
    },
    stop: async () => {
      operator?.stop();
      await lab.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function underTest(
  networkInterfaceId: string,
  { privateAddress, publicAddress }: { readonly privateAddress: string; readonly publicAddress: string },
): PairUnderTest {
  return { networkInterfaceId, privateAddress, publicIp: publicAddress };
}
