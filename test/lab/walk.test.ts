import { equal, match, ok } from 'node:assert/strict';
import { GetConsoleOutputCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { startLab, type Lab } from './lab.ts';
import { ec2Client } from './testing/ec2.ts';
import { knock, login, newKeyPair } from './testing/operator.ts';
import { makeStack, type Stack } from './testing/stack.ts';

/** What the walk appends to /etc/network/interfaces by hand. */
const alias = 'auto eth0:1\niface eth0:1 inet static\naddress 192.168.1.101\nnetmask 255.255.255.0\n';

describe('the walk by hand in the lab', function () {
  this.timeout(300_000);
  const { privateKey, publicKey } = newKeyPair();
  let lab: Lab;
  let ec2: EC2Client;
  let stack: Stack;

  before(async () => {
    lab = await startLab();
    ec2 = ec2Client(lab);
    stack = await makeStack(ec2, publicKey);
    await lab.settle();
  });
  after(async () => {
    ec2.destroy();
    await lab.stop();
  });

  const first = (): string => stack.pairs[0].publicAddress;
  const second = (): string => stack.pairs[1].publicAddress;

  /** Which public address each of the guest's two addresses shows to others. */
  const outbound = async (): Promise<string> => {
    const ask = (device: string): string => `curl -s -m 10 --interface ${device} ${lab.echoUrl}`;
    return (await login(lab, first(), privateKey, `${ask('eth0')}; ${ask('eth0:1')}`)).stdout;
  };

  it('lets the key pair in through the primary EIP, and lets the user become root', async () => {
    const { stdout } = await login(
      lab,
      first(),
      privateKey,
      'id -un; sudo -n id -un; echo "$SSH_CONNECTION"',
    );
    match(stdout, /^admin\nroot\n203\.0\.113\.1 \d+ 192\.168\.1\.100 22\n$/);
  });

  it('shows the host keys in the console output, as cloud-init does', async () => {
    const { Output = '' } = await ec2.send(new GetConsoleOutputCommand({ InstanceId: stack.instanceId }));
    const shown = Buffer.from(Output, 'base64').toString();
    const { hostKey } = await login(lab, first(), privateKey, 'true');
    ok(shown.split('-----BEGIN SSH HOST KEY KEYS-----')[1]?.includes(hostKey), shown);
    match(shown, /^ec2: 256 SHA256:\S+ root@ip-192-168-1-100 \(ED25519\)$/m);
  });

  it('leaves the hostname for the walk to make resolvable', async () => {
    const { stdout } = await login(
      lab,
      first(),
      privateKey,
      'hostname; getent -s files hosts "$(hostname)"; echo $?',
    );
    equal(stdout, 'ip-192-168-1-100\n2\n');
  });

  it('does not tell the guest about its secondary address', async () => {
    const { stdout } = await login(
      lab,
      first(),
      privateKey,
      'ip -o -4 addr show dev eth0; cat /etc/network/interfaces',
    );
    ok(!stdout.includes('192.168.1.101'));
    match(stdout, /^auto eth0\niface eth0 inet dhcp$/m);
    equal(await knock(lab, second(), 22, 'times out'), 'times out');
  });

  it('works both ways on both addresses once the guest is configured', async () => {
    const { code, stderr } = await lab.runInGuest(
      stack.instanceId,
      `printf '${alias.replaceAll('\n', '\\n')}' >>/etc/network/interfaces && ifup eth0:1`,
    );
    equal(code, 0, stderr);
    equal(await knock(lab, second(), 22, 'answers'), 'answers');
    equal(await outbound(), `${first()}\n${second()}\n`);
  });

  it('works as before after a reboot inside the guest', async () => {
    const [before] = await lab.guests();
    await login(lab, first(), privateKey, 'sudo systemctl reboot');
    while ((await lab.guests())[0]?.pid === before?.pid)
      await new Promise((resolve) => setTimeout(resolve, 50));
    await lab.settle();
    equal(await knock(lab, second(), 22, 'answers'), 'answers');
    equal(await outbound(), `${first()}\n${second()}\n`);
  });

  it('blocks outbound mail as EC2 does, until the lab opens it', async () => {
    const connect = `timeout 2 bash -c ': <>/dev/tcp/203.0.113.1/25'; echo $?`;
    equal((await lab.runInGuest(stack.instanceId, connect)).stdout, '124\n');
    await lab.setOutboundMail(true);
    equal((await lab.runInGuest(stack.instanceId, connect)).stdout, '1\n');
  });
});
