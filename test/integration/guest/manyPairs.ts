import { AllocateAddressCommand, AssignPrivateIpAddressesCommand } from '@aws-sdk/client-ec2';
import { associate, given } from '../../lab/testing/stack.ts';
import type { DiagnoseLab, Placed } from './diagnoseLab.ts';

/** The addresses of the two ENIs besides the three that are there. */
const first = Array.from({ length: 24 }, (_, index) => `192.168.1.${110 + index}`);
const second = Array.from({ length: 23 }, (_, index) => `192.168.1.${151 + index}`);

/** Makes the three pairs fifty, on both ENIs, all in order in EC2, in the guest and in its files. */
export async function fiftyPairs(at: DiagnoseLab): Promise<readonly Placed[]> {
  const [one, , third] = at.pairs;
  await at.guest.lab.setQuota(60);
  const added = await Promise.all([
    addPairs(at, one.networkInterfaceId, first),
    addPairs(at, third.networkInterfaceId, second),
  ]);
  await at.guest.lab.settle();
  // The product's own patch for the first ENI; the second one's addresses each need a rule for their way back.
  const plan = await at.guest.operator().call('plan', { addresses: ['192.168.1.101', ...first] });
  await at.guest.operator().call('apply', { plan });
  const stanzas = second.map((address, index) => {
    const rule = `from ${address} lookup 1001`;
    return `auto eth1:${index + 1}
iface eth1:${index + 1} inet static
    address ${address}
    netmask 255.255.255.255
    up ip rule add ${rule}
    down ip rule del ${rule} || true
`;
  });
  const names = second.map((_, index) => `eth1:${index + 1}`).join(' ');
  await at.guest.inGuest(
    `cat >/etc/network/interfaces.d/eth1-more <<'END'\n${stanzas.join('')}END\nifup ${names}`,
  );
  return [...at.pairs, ...added.flat()];
}

async function addPairs(
  { ec2 }: DiagnoseLab,
  networkInterfaceId: string,
  addresses: readonly string[],
): Promise<readonly Placed[]> {
  await ec2.send(
    new AssignPrivateIpAddressesCommand({
      NetworkInterfaceId: networkInterfaceId,
      PrivateIpAddresses: [...addresses],
    }),
  );
  const placed: Placed[] = [];
  for (const privateAddress of addresses) {
    const { AllocationId, PublicIp } = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }));
    const allocationId = given(AllocationId);
    await associate(ec2, { allocationId, privateAddress }, networkInterfaceId);
    placed.push({ networkInterfaceId, privateAddress, publicIp: given(PublicIp), allocationId });
  }
  return placed;
}
