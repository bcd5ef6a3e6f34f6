import assert from 'node:assert/strict';
import {
  AssignPrivateIpAddressesCommand,
  AttachNetworkInterfaceCommand,
  DescribeNetworkInterfacesCommand,
} from '@aws-sdk/client-ec2';
import { debianImage } from '../../lab/emulator/emulator.ts';
import { kinds } from '../../lab/image/kinds.ts';
import { ec2Client } from '../../lab/testing/ec2.ts';
import { given, makeInterface } from '../../lab/testing/stack.ts';
import { cutConnection, killGuest, prepareTrial } from './cutTrial.ts';
import { startLabGuest } from './labGuest.ts';
import type { LabGuest } from './labGuest.ts';
import type { Further } from './operator.ts';

const addresses = ['192.168.1.110', '192.168.1.111'] as const;

/** How each kind of guest forgets what it was told of its further ENI. */
const managers = {
  ifupdown: 'rm -f /etc/network/interfaces.d/60-* /etc/network/interfaces.d/.60-*',
  'netplan-id': 'rm -f /etc/netplan/60-* /etc/netplan/.60-*; netplan generate; networkctl reload',
  networkd: 'rm -f /etc/systemd/network/05-* /etc/systemd/network/.05-*; networkctl reload',
} as const;

const forgetRouting = `
  while ip -4 rule del table 10001; do :; done
  ip -4 route flush table 10001; ${addresses.map((address) => `ip addr del ${address}/32 dev eth1`).join('; ')}`;

const takesAll = process.env['ALL_STEPS'] !== undefined;
const onDisk =
  /^(mkdir -p "\$\{F|cp -a "\$S\/0\.after"|mv -f|mv "\$S\/(pending|confirming)|netplan generate$)/;

/** The steps that write a further ENI's routing, at run time and on the disk; `ALL_STEPS` takes the others too. */
function isOfRouting(step: string): boolean {
  return takesAll || onDisk.test(step) || /^(ip |networkctl )/.test(step);
}

/** A guest that is killed remembers what is on its disk: before the steps between it would be the same again. */
function isOnDisk(step: string): boolean {
  return takesAll || onDisk.test(step);
}

// They run side by side, since each mostly waits.
describe('the change of a further ENI that is cut off at each step of its routing', function () {
  this.timeout(400_000);
  const runs = new Map<string, Promise<PromiseSettledResult<string>>>();
  const only = process.env['KINDS']?.split(',') ?? Object.keys(managers);
  before(() => {
    for (const [kind, forget] of Object.entries(managers)) {
      if (!only.includes(kind)) continue;
      const run = Promise.allSettled([cutAll(kind, `${forget}; ${forgetRouting}`)]);
      runs.set(
        kind,
        run.then(([result]) => result),
      );
    }
  });

  for (const kind of only) {
    it(`${kind}: the primary EIP reaches it, it boots, and each file is wholly old or wholly new`, async () => {
      const result = await runs.get(kind);
      if (result?.status !== 'fulfilled') throw result?.reason;
      process.stdout.write(`    ${result.value}\n`);
    });
  }
});

async function cutAll(kind: string, forget: string): Promise<string> {
  const [image = debianImage] = Object.entries(kinds).find(([, { name }]) => name === kind) ?? [];
  const guest = await startLabGuest(image, 'c5.4xlarge');
  try {
    const further = await attachFurther(guest);
    // By DHCP on both of them at once this guest is lost after a boot, whatever was done to it before.
    await guest.inGuest(
      'sed -i "s/^Name=eth\\*/Name=eth0/" /etc/systemd/network/80-dhcp.network 2>/dev/null || true',
    );
    const makePlan = () => guest.operator().call('planFurther', further);
    const trial = await prepareTrial(guest, makePlan, forget);
    assert.ok(trial.change.routing !== undefined);
    const path = trial.change.files[0]?.path ?? '';
    const [cuts, kills] = [trial.steps.filter(isOfRouting), trial.steps.filter(isOnDisk)];
    assert.ok(cuts.length > 5 && kills.length > 2, trial.steps.join('\n'));
    for (const [index, step] of trial.steps.entries()) {
      try {
        if (isOfRouting(step)) await cutConnection(guest, trial, index + 1, () => assertNoHalf(guest, path));
        if (isOnDisk(step)) await killGuest(guest, trial, index + 1);
      } catch (cause) {
        throw new Error(`cut off before ${step}`, { cause });
      }
    }
    return `${trial.steps.length} steps: ${cuts.length} connections cut, ${kills.length} guests killed`;
  } finally {
    await guest.stop();
  }
}

/** With the file there are both rules, and without it there is none. */
async function assertNoHalf(guest: LabGuest, path: string): Promise<void> {
  const rules = await guest.inGuest(`
    [ -e ${path} ] && expected=2 || expected=0
    for try in $(seq 50); do
      rules=$(ip -4 rule show | grep -c 'lookup 10001')
      [ $rules = $expected ] && break
      sleep 0.1
    done
    echo $rules of $expected`);
  assert.match(rules, /^(\d) of \1\n$/);
}

async function attachFurther({ lab, instanceId }: LabGuest): Promise<Further> {
  const ec2 = ec2Client(lab);
  const { NetworkInterfaces: [primary] = [] } = await ec2.send(
    new DescribeNetworkInterfacesCommand({
      Filters: [{ Name: 'attachment.instance-id', Values: [instanceId] }],
    }),
  );
  const eniId = await makeInterface(
    ec2,
    given(primary?.SubnetId),
    given(primary?.Groups?.[0]?.GroupId),
    addresses[0],
  );
  await ec2.send(
    new AssignPrivateIpAddressesCommand({ NetworkInterfaceId: eniId, PrivateIpAddresses: [addresses[1]] }),
  );
  await ec2.send(
    new AttachNetworkInterfaceCommand({ InstanceId: instanceId, NetworkInterfaceId: eniId, DeviceIndex: 1 }),
  );
  await lab.settle();
  const { NetworkInterfaces: [further] = [] } = await ec2.send(
    new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [eniId] }),
  );
  const routing = { network: '192.168.1.0/24', gateway: '192.168.1.1', table: 10_001 };
  return { mac: given(further?.MacAddress), addresses, routing };
}
