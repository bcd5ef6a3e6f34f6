import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AssignPrivateIpAddressesCommand,
  AttachNetworkInterfaceCommand,
  DescribeNetworkInterfacesCommand,
  ImportKeyPairCommand,
} from '@aws-sdk/client-ec2';
import type { EC2Client } from '@aws-sdk/client-ec2';
import type { PairUnderTest } from '../../../../src/core/probe/proof.ts';
import { startLab } from '../../../lab/lab.ts';
import type { Lab } from '../../../lab/lab.ts';
import { ec2Client } from '../../../lab/testing/ec2.ts';
import { given, launch, makeInterface, makeNetwork, makePair } from '../../../lab/testing/stack.ts';
import { run } from '../../ssh/command.ts';
import { startOperator } from '../operator.ts';
import type { Further, Operator } from '../operator.ts';

/** A guest of one kind, with an operator of its own. */
export interface KindGuest {
  readonly lab: Lab;
  readonly instanceId: string;
  /** The primary ENI's. */
  readonly mac: string;
  readonly operator: Operator;
  /** Twenty secondary addresses of its ENI, none of which the guest knows yet. */
  readonly addresses: readonly string[];
  /** The pairs of the primary address and of some of the secondary ones, which have Elastic IPs. */
  readonly pairs: readonly PairUnderTest[];
  /** A further ENI of the same subnet, plugged in while the guest ran; each of its addresses has an Elastic IP. */
  readonly further: Further & { readonly pairs: readonly PairUnderTest[] };
  /** Runs a shell script as root in the guest, past its network; throws where it fails. */
  inGuest(script: string): Promise<string>;
  reboot(): Promise<void>;
}

/** Guests of many kinds in one lab. */
export interface KindGuests {
  readonly guests: readonly KindGuest[];
  stop(): Promise<void>;
}

const many = 20;
/** Where the addresses of the further ENIs begin, above those of all guests. */
const firstFurther = 220;
/** Which of the secondary addresses have Elastic IPs: enough to prove after each step. */
const withElasticIps = [0, 1, many - 1];

/** Boots one guest of each image, all in one subnet. */
export async function startKindGuests(imageIds: readonly string[]): Promise<KindGuests> {
  const directory = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-kinds-'));
  const keyFile = join(directory, 'id');
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', keyFile]);
  const lab = await startLab({ images: imageIds });
  await lab.setQuota(imageIds.length * (withElasticIps.length + 3));
  const ec2 = ec2Client(lab);
  await ec2.send(
    new ImportKeyPairCommand({
      KeyName: 'kinds',
      PublicKeyMaterial: Buffer.from(await readFile(`${keyFile}.pub`, 'utf8')),
    }),
  );
  const network = await makeNetwork(ec2);
  const guests: KindGuest[] = [];
  for (const [index, imageId] of imageIds.entries()) {
    const made = await makeGuest(ec2, network, index, imageId);
    const operator = startOperator(lab.enterOperator, {
      ...{ host: made.pairs[0]?.publicIp ?? '', user: 'admin', keyFile, instanceId: made.instanceId },
      ...{ mac: made.mac, knownHosts: join(directory, `known_hosts.${index}`), echoUrl: lab.echoUrl },
      endpoint: lab.endpoint,
    });
    guests.push({ ...made, lab, operator, ...inside(lab, made.instanceId) });
  }
  await lab.settle();
  for (const { instanceId, further } of guests) {
    const networkInterfaceId = further.pairs[0]?.networkInterfaceId ?? '';
    await ec2.send(
      new AttachNetworkInterfaceCommand({
        InstanceId: instanceId,
        NetworkInterfaceId: networkInterfaceId,
        DeviceIndex: 1,
      }),
    );
  }
  await lab.settle();
  return {
    guests,
    stop: async () => {
      for (const { operator } of guests) operator.stop();
      await lab.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function makeGuest(
  ec2: EC2Client,
  { subnetId, groupId }: { readonly subnetId: string; readonly groupId: string },
  index: number,
  imageId: string,
) {
  const first = 10 + index * (many + 1);
  const at = (offset: number) => `192.168.1.${first + offset}`;
  const addresses = Array.from({ length: many }, (_, offset) => at(offset + 1));
  const eniId = await makeInterface(ec2, subnetId, groupId, at(0));
  await ec2.send(
    new AssignPrivateIpAddressesCommand({ NetworkInterfaceId: eniId, PrivateIpAddresses: [...addresses] }),
  );
  const pairs: PairUnderTest[] = [];
  for (const offset of [0, ...withElasticIps.map((which) => which + 1)]) {
    const { publicAddress } = await makePair(ec2, eniId, at(offset));
    pairs.push({ networkInterfaceId: eniId, privateAddress: at(offset), publicIp: publicAddress });
  }
  const instanceId = await launch(ec2, eniId, 'kinds', { imageId, instanceType: 'c5.4xlarge' });
  const further = await makeFurther(
    ec2,
    { subnetId, groupId },
    `192.168.1.${firstFurther + index * 2}`,
    `192.168.1.${firstFurther + index * 2 + 1}`,
  );
  return { instanceId, addresses, pairs, further, mac: await macOf(ec2, eniId) };
}

async function makeFurther(
  ec2: EC2Client,
  { subnetId, groupId }: { readonly subnetId: string; readonly groupId: string },
  ...addresses: readonly [string, string]
): Promise<KindGuest['further']> {
  const [primary, secondary] = addresses;
  const eniId = await makeInterface(ec2, subnetId, groupId, primary);
  await ec2.send(
    new AssignPrivateIpAddressesCommand({ NetworkInterfaceId: eniId, PrivateIpAddresses: [secondary] }),
  );
  const pairs: PairUnderTest[] = [];
  for (const privateAddress of addresses) {
    const { publicAddress } = await makePair(ec2, eniId, privateAddress);
    pairs.push({ networkInterfaceId: eniId, privateAddress, publicIp: publicAddress });
  }
  const routing = { network: '192.168.1.0/24', gateway: '192.168.1.1', table: 10_001 };
  return { mac: await macOf(ec2, eniId), addresses, routing, pairs };
}

async function macOf(ec2: EC2Client, eniId: string): Promise<string> {
  const { NetworkInterfaces = [] } = await ec2.send(
    new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [eniId] }),
  );
  return given(NetworkInterfaces[0]?.MacAddress);
}

function inside(lab: Lab, instanceId: string): Pick<KindGuest, 'inGuest' | 'reboot'> {
  const inGuest = async (script: string) => {
    const { code, stdout, stderr } = await lab.runInGuest(instanceId, script);
    if (code !== 0) throw new Error(`${script}: exit ${code}: ${stderr}`);
    return stdout;
  };
  const init = async () => (await lab.guests()).find((guest) => guest.instanceId === instanceId)?.pid;
  return {
    inGuest,
    reboot: async () => {
      const before = await init();
      await inGuest('systemctl reboot');
      while ([undefined, before].includes(await init()))
        await new Promise((resolve) => setTimeout(resolve, 100));
      await lab.settle();
    },
  };
}
