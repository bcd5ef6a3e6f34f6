import {
  AllocateAddressCommand,
  AttachNetworkInterfaceCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DescribeInternetGatewaysCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2';
import type { PairUnderTest } from '../../../src/core/probe/proof.ts';
import { debianImage } from '../../lab/emulator/emulator.ts';
import { ec2Client } from '../../lab/testing/ec2.ts';
import { associate, given, launch, makeInterface, openPort } from '../../lab/testing/stack.ts';
import { startLabGuest } from './labGuest.ts';
import type { LabGuest } from './labGuest.ts';

/** A guest with two ENIs and three pairs, all in order, and another host to test from. */
export interface DiagnoseLab {
  readonly guest: LabGuest;
  readonly ec2: EC2Client;
  /** Primary and secondary of the first ENI, then the primary of the second. */
  readonly pairs: readonly [Placed, Placed, Placed];
  readonly vpcId: string;
  readonly subnetId: string;
  readonly groupId: string;
  readonly routeTableId: string;
  readonly networkAclId: string;
  /** The other host, with a security group of its own. */
  readonly vantage: Placed & { readonly groupId: string; readonly instanceId: string };
  gatewayId(): Promise<string>;
  /** What associates the EIP of a pair now. */
  associationOf(pair: Placed): Promise<string | undefined>;
  stop(): Promise<void>;
}

/** A pair with the allocation of its EIP. */
export interface Placed extends PairUnderTest {
  readonly publicIp: string;
  readonly allocationId: string;
}

/** What the second ENI needs in the guest: its address, and a way back of its own. */
const secondNic = `auto eth1
iface eth1 inet static
    address 192.168.1.150
    netmask 255.255.255.255
    up ip route add default via 192.168.1.1 dev eth1 onlink table 1001
    up ip rule add from 192.168.1.150 lookup 1001
    down ip rule del from 192.168.1.150 lookup 1001 || true
`;

/** Starts the lab and puts all in order. */
export async function startDiagnoseLab(): Promise<DiagnoseLab> {
  const guest = await startLabGuest(debianImage, 'm5.4xlarge');
  const ec2 = ec2Client(guest.lab);
  const [first] = guest.pairs;
  const eni = await describeEni(ec2, first.networkInterfaceId);
  const [vpcId, subnetId] = [given(eni.VpcId), given(eni.SubnetId)];
  const groupId = given(eni.Groups?.[0]?.GroupId);
  const secondId = await makeInterface(ec2, subnetId, groupId, '192.168.1.150');
  await ec2.send(
    new AttachNetworkInterfaceCommand({
      NetworkInterfaceId: secondId,
      InstanceId: guest.instanceId,
      DeviceIndex: 1,
    }),
  );
  const third = await pairUp(ec2, secondId, '192.168.1.150');
  const vantage = await startVantage(ec2, { vpcId, subnetId, keyName: await keyNameOf(guest) });
  await guest.lab.setOutboundMail(true);
  await guest.lab.settle();
  await guest.inGuest(`cat >/etc/network/interfaces.d/eth1 <<'END'\n${secondNic}END\nifup eth1`);
  const plan = await guest.operator().call('plan', { addresses: ['192.168.1.101'] });
  await guest.operator().call('apply', { plan });
  const ofVpc = { Filters: [{ Name: 'vpc-id', Values: [vpcId] }] };
  const [{ RouteTables }, { NetworkAcls }] = await Promise.all([
    ec2.send(new DescribeRouteTablesCommand(ofVpc)),
    ec2.send(new DescribeNetworkAclsCommand(ofVpc)),
  ]);
  const [one, two] = guest.pairs;
  return {
    ...{ guest, ec2, vpcId, subnetId, groupId, vantage },
    pairs: [await placed(ec2, one), await placed(ec2, two), third],
    routeTableId: given(RouteTables?.[0]?.RouteTableId),
    networkAclId: given(NetworkAcls?.[0]?.NetworkAclId),
    gatewayId: async () => {
      const { InternetGateways = [] } = await ec2.send(new DescribeInternetGatewaysCommand({}));
      const found = InternetGateways.find(({ Attachments = [] }) =>
        Attachments.some(({ VpcId }) => VpcId === vpcId),
      );
      return given(found?.InternetGatewayId);
    },
    associationOf: async ({ networkInterfaceId, privateAddress }) =>
      addressOf(await describeEni(ec2, networkInterfaceId), privateAddress)?.Association?.AssociationId,
    stop: async () => {
      ec2.destroy();
      await guest.stop();
    },
  };
}

async function describeEni(ec2: EC2Client, id: string) {
  const asked = new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [id] });
  return given((await ec2.send(asked)).NetworkInterfaces?.[0]);
}

function addressOf(eni: Awaited<ReturnType<typeof describeEni>>, address: string) {
  return eni.PrivateIpAddresses?.find(({ PrivateIpAddress }) => PrivateIpAddress === address);
}

async function placed(ec2: EC2Client, pair: PairUnderTest): Promise<Placed> {
  const { Association } =
    addressOf(await describeEni(ec2, pair.networkInterfaceId), pair.privateAddress) ?? {};
  return { ...pair, publicIp: given(Association?.PublicIp), allocationId: given(Association?.AllocationId) };
}

async function pairUp(ec2: EC2Client, networkInterfaceId: string, privateAddress: string): Promise<Placed> {
  const { AllocationId, PublicIp } = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }));
  const allocationId = given(AllocationId);
  await associate(ec2, { allocationId, privateAddress }, networkInterfaceId);
  return { networkInterfaceId, privateAddress, publicIp: given(PublicIp), allocationId };
}

async function keyNameOf({ lab, instanceId }: LabGuest): Promise<string> {
  const { Instances } = await lab.state();
  return given(Instances.find(({ InstanceId }) => InstanceId === instanceId)?.KeyName);
}

/** What the address echo on the other host needs: EIPs may reach any port of it. */
const fromPairs = {
  IpProtocol: 'tcp',
  FromPort: 1024,
  ToPort: 65_535,
  IpRanges: [{ CidrIp: '198.51.100.0/24' }],
};

async function startVantage(
  ec2: EC2Client,
  {
    vpcId,
    subnetId,
    keyName,
  }: { readonly vpcId: string; readonly subnetId: string; readonly keyName: string },
): Promise<DiagnoseLab['vantage']> {
  const made = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName: 'vantage', Description: 'vantage', VpcId: vpcId }),
  );
  const groupId = given(made.GroupId);
  await ec2.send(
    new AuthorizeSecurityGroupIngressCommand({ GroupId: groupId, IpPermissions: [openPort(22), fromPairs] }),
  );
  const eniId = await makeInterface(ec2, subnetId, groupId, '192.168.1.200');
  const pair = await pairUp(ec2, eniId, '192.168.1.200');
  return { ...pair, groupId, instanceId: await launch(ec2, eniId, keyName) };
}
