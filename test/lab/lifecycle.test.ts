import { equal, notEqual, ok } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AttachNetworkInterfaceCommand,
  DescribeInstancesCommand,
  RebootInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2';
import type { GuestDescription } from './control/api.ts';
import { startLab, type Lab } from './lab.ts';
import { ec2Client } from './testing/ec2.ts';
import { knock, newKeyPair } from './testing/operator.ts';
import { given, launch, makeInterface, makeStack, type Stack } from './testing/stack.ts';

describe('guests live as their instances do', function () {
  this.timeout(300_000);
  let lab: Lab;
  let ec2: EC2Client;
  let stack: Stack;

  before(async () => {
    lab = await startLab();
    ec2 = ec2Client(lab);
    stack = await makeStack(ec2, newKeyPair().publicKey);
    await lab.settle();
  });
  after(async () => {
    ec2.destroy();
    await lab.stop();
  });

  const ids = (): { InstanceIds: string[] } => ({ InstanceIds: [stack.instanceId] });
  const guest = async (instanceId = stack.instanceId): Promise<GuestDescription> =>
    given((await lab.guests()).find((candidate) => candidate.instanceId === instanceId));
  const inGuest = async (script: string): Promise<string> =>
    (await lab.runInGuest(stack.instanceId, script)).stdout.trim();
  const stateOfInstance = async (): Promise<string | undefined> =>
    (await ec2.send(new DescribeInstancesCommand(ids()))).Reservations?.[0]?.Instances?.[0]?.State?.Name;
  const answers = async (): Promise<void> => {
    equal(await knock(lab, stack.pairs[0].publicAddress, 22, 'answers'), 'answers');
  };

  it('boots on the MAC address of the ENI', async () => {
    const eni = (await lab.state()).NetworkInterfaces.find((one) => one.NetworkInterfaceId === stack.eniId);
    equal(await inGuest('cat /sys/class/net/eth0/address'), eni?.MacAddress);
  });

  it('shows its files and its process to the machine outside', async () => {
    const { rootDirectory, pid } = await guest();
    ok(existsSync(`${rootDirectory}/etc/debian_version`));
    ok(existsSync(`/proc/${pid ?? 0}/root/etc/debian_version`));
  });

  it('reboots on RebootInstances', async () => {
    const before = await inGuest('cat /proc/sys/kernel/random/boot_id; stat -c %Y /proc/1');
    const { pid } = await guest();
    await ec2.send(new RebootInstancesCommand(ids()));
    await lab.settle();
    notEqual((await guest()).pid, pid);
    notEqual(await inGuest('cat /proc/sys/kernel/random/boot_id; stat -c %Y /proc/1'), before);
    await answers();
  });

  it('keeps its disk and its host keys over stop and start', async () => {
    const key = await inGuest('echo kept >/root/note; cat /etc/ssh/ssh_host_ed25519_key.pub');
    await ec2.send(new StopInstancesCommand(ids()));
    await lab.settle();
    equal((await guest()).pid, undefined);
    await ec2.send(new StartInstancesCommand(ids()));
    await lab.settle();
    equal(await inGuest('cat /root/note /etc/ssh/ssh_host_ed25519_key.pub'), `kept\n${key}`);
    await answers();
  });

  it('stops the instance when the guest powers itself off', async () => {
    await lab.runInGuest(stack.instanceId, 'systemctl poweroff');
    while ((await stateOfInstance()) !== 'stopped') await sleep(100);
    await lab.settle();
    equal((await guest()).pid, undefined);
    await ec2.send(new StartInstancesCommand(ids()));
    await lab.settle();
    await answers();
  });

  it('starts again after a crash of its machine', async () => {
    const { pid = 0 } = await guest();
    process.kill(pid, 'SIGKILL');
    while (existsSync(`/proc/${pid}`)) await sleep(50);
    await lab.settle();
    notEqual((await guest()).pid, undefined);
    await answers();
  });

  it('gets a second network card when a second ENI is attached', async () => {
    const eniId = await makeInterface(ec2, stack.subnetId, stack.groupId, '192.168.1.110');
    const attachment = { DeviceIndex: 1, InstanceId: stack.instanceId, NetworkInterfaceId: eniId };
    await ec2.send(new AttachNetworkInterfaceCommand(attachment));
    await lab.settle();
    const eni = (await lab.state()).NetworkInterfaces.find((one) => one.NetworkInterfaceId === eniId);
    equal(await inGuest('cat /sys/class/net/eth1/address'), eni?.MacAddress);
  });

  it('runs several guests in a subnet, who reach each other only as their groups allow', async () => {
    const eniId = await makeInterface(ec2, stack.subnetId, stack.groupId, '192.168.1.120');
    const other = await launch(ec2, eniId, stack.keyName);
    await lab.settle();
    const connect = (port: number): string =>
      `timeout 1.5 bash -c ': <>/dev/tcp/192.168.1.120/${port}'; echo $?`;
    equal(await inGuest(connect(22)), '0');
    equal(await inGuest(connect(80)), '1');
    equal(await inGuest(connect(8080)), '124');
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [other] }));
    await lab.settle();
    equal(await inGuest(connect(22)), '124');
    await answers();
  });

  it('removes the disk of a terminated instance', async () => {
    const { rootDirectory } = await guest();
    await ec2.send(new TerminateInstancesCommand(ids()));
    await lab.settle();
    equal((await lab.guests()).length, 0);
    ok(!existsSync(rootDirectory));
  });
});
