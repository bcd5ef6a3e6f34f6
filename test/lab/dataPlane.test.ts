import { equal } from 'node:assert/strict';
import {
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateNetworkAclEntryCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  DeleteNetworkAclEntryCommand,
  DeleteRouteCommand,
  DetachInternetGatewayCommand,
  DisassociateAddressCommand,
  DisassociateRouteTableCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2';
import { startLab, type Lab } from './lab.ts';
import { ec2Client } from './testing/ec2.ts';
import { knock, newKeyPair, type Seen } from './testing/operator.ts';
import { associate, given, makeStack, openPort, type Stack } from './testing/stack.ts';

const anywhere = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };

describe('the data plane follows the control plane', function () {
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

  const inbound = async (expected: Seen): Promise<void> => {
    await lab.settle();
    equal(await knock(lab, stack.pairs[0].publicAddress, 22, expected), expected);
  };

  /** What a request of the guest to the address echo shows: a public address, or nothing where it times out. */
  const outbound = async (patience: number): Promise<string> => {
    await lab.settle();
    const { stdout } = await lab.runInGuest(
      stack.instanceId,
      `curl -s -m ${patience} ${lab.echoUrl} || echo $?`,
    );
    return stdout.trim();
  };

  /** curl's exit code for a time-out. */
  const timedOut = '28';

  it('answers through a complete chain, and refuses at once where nothing listens', async () => {
    await inbound('answers');
    equal(await knock(lab, stack.pairs[0].publicAddress, 80, 'refused'), 'refused');
  });

  it('swallows what is for an address that nobody has', async () => {
    equal(await knock(lab, '198.51.100.0', 22, 'times out'), 'times out');
  });

  it('needs the route', async () => {
    const route = { RouteTableId: stack.routeTableId, DestinationCidrBlock: '0.0.0.0/0' };
    await ec2.send(new DeleteRouteCommand(route));
    await inbound('times out');
    equal(await outbound(1), timedOut);
    await ec2.send(new CreateRouteCommand({ ...route, GatewayId: stack.gatewayId }));
    await inbound('answers');
  });

  it('takes the route from the table that the subnet is associated with', async () => {
    const made = await ec2.send(new CreateRouteTableCommand({ VpcId: stack.vpcId }));
    const RouteTableId = given(made.RouteTable?.RouteTableId);
    const { AssociationId } = await ec2.send(
      new AssociateRouteTableCommand({ RouteTableId, SubnetId: stack.subnetId }),
    );
    await inbound('times out');
    await ec2.send(new DisassociateRouteTableCommand({ AssociationId: given(AssociationId) }));
    await inbound('answers');
  });

  it('needs the association', async () => {
    const [pair] = stack.pairs;
    await ec2.send(new DisassociateAddressCommand({ AssociationId: pair.associationId }));
    await inbound('times out');
    equal(await outbound(1), timedOut);
    const associationId = await associate(ec2, pair, stack.eniId);
    stack = { ...stack, pairs: [{ ...pair, associationId }, stack.pairs[1]] };
    await inbound('answers');
    equal(await outbound(10), pair.publicAddress);
  });

  it('needs the gateway', async () => {
    for (const { associationId } of stack.pairs)
      await ec2.send(new DisassociateAddressCommand({ AssociationId: associationId }));
    const attachment = { InternetGatewayId: stack.gatewayId, VpcId: stack.vpcId };
    await ec2.send(new DetachInternetGatewayCommand(attachment));
    await inbound('times out');
    equal(await outbound(1), timedOut);
    await ec2.send(new AttachInternetGatewayCommand(attachment));
    const [one, two] = stack.pairs;
    stack = {
      ...stack,
      pairs: [
        { ...one, associationId: await associate(ec2, one, stack.eniId) },
        { ...two, associationId: await associate(ec2, two, stack.eniId) },
      ],
    };
    await inbound('answers');
  });

  it('needs the security group to allow port and source', async () => {
    const rule = { GroupId: stack.groupId, IpPermissions: [openPort(22)] };
    await ec2.send(new RevokeSecurityGroupIngressCommand(rule));
    await inbound('times out');
    const elsewhere = [{ ...openPort(22), IpRanges: [{ CidrIp: '203.0.113.128/25' }] }];
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ ...rule, IpPermissions: elsewhere }));
    await inbound('times out');
    await ec2.send(new AuthorizeSecurityGroupIngressCommand(rule));
    await inbound('answers');
  });

  it('honours what the security group says of outbound traffic, and lets answers pass', async () => {
    const rule = { GroupId: stack.groupId, IpPermissions: [anywhere] };
    await ec2.send(new RevokeSecurityGroupEgressCommand(rule));
    equal(await outbound(1), timedOut);
    await inbound('answers');
    await ec2.send(new AuthorizeSecurityGroupEgressCommand(rule));
    equal(await outbound(10), stack.pairs[0].publicAddress);
  });

  for (const Egress of [false, true]) {
    it(`honours the network ACL for ${Egress ? 'outbound' : 'inbound'} packets, answers too`, async () => {
      const entry = { NetworkAclId: stack.networkAclId, RuleNumber: 50, Egress };
      await ec2.send(
        new CreateNetworkAclEntryCommand({
          ...entry,
          Protocol: '6',
          RuleAction: 'deny',
          CidrBlock: '203.0.113.0/24',
          PortRange: Egress ? { From: 1024, To: 65535 } : { From: 22, To: 22 },
        }),
      );
      await inbound('times out');
      await ec2.send(new DeleteNetworkAclEntryCommand(entry));
      await inbound('answers');
    });
  }

  it('keeps two VPCs with the same addresses apart', async () => {
    const other = await makeStack(ec2, newKeyPair().publicKey);
    await inbound('answers');
    equal(await knock(lab, other.pairs[0].publicAddress, 22, 'answers'), 'answers');
    const { stdout } = await lab.runInGuest(other.instanceId, `curl -s -m 10 ${lab.echoUrl}`);
    equal(stdout.trim(), other.pairs[0].publicAddress);
    const across = `timeout 5 bash -c 'read -n 3 banner <>/dev/tcp/${stack.pairs[0].publicAddress}/22; echo $banner'`;
    equal((await lab.runInGuest(other.instanceId, across)).stdout, 'SSH\n');
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [other.instanceId] }));
  });

  it('needs the instance to run', async () => {
    await ec2.send(new StopInstancesCommand({ InstanceIds: [stack.instanceId] }));
    await inbound('times out');
    await ec2.send(new StartInstancesCommand({ InstanceIds: [stack.instanceId] }));
    await inbound('answers');
  });
});
