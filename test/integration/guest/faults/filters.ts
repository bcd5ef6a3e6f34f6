import {
  AuthorizeSecurityGroupEgressCommand,
  CreateNetworkAclEntryCommand,
  DeleteNetworkAclEntryCommand,
  DescribeNetworkAclsCommand,
  DescribeSecurityGroupsCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { openPort } from '../../../lab/testing/stack.ts';
import type { DiagnoseLab } from '../diagnoseLab.ts';
import type { Faults } from '../faults.ts';

const nothing = () => Promise.resolve();
const all = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };

/** Faults of security groups and network ACLs. */
export function filterFaults({ ec2, groupId, networkAclId }: DiagnoseLab) {
  const deny = (Egress: boolean, From: number, To: number) => async () => {
    await ec2.send(
      new CreateNetworkAclEntryCommand({
        ...{ NetworkAclId: networkAclId, RuleNumber: 50, Egress, Protocol: '6', RuleAction: 'deny' },
        ...{ CidrBlock: '203.0.113.0/24', PortRange: { From, To } },
      }),
    );
  };
  const permissions = async () =>
    (await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [groupId] }))).SecurityGroups?.[0];
  const closeEgress = async () => {
    const IpPermissions = (await permissions())?.IpPermissionsEgress;
    await ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId: groupId, IpPermissions }));
  };
  /** Takes out all that was put in front of the rule that every ACL begins with. */
  const openAcl = async () => {
    const { NetworkAcls } = await ec2.send(new DescribeNetworkAclsCommand({ NetworkAclIds: [networkAclId] }));
    for (const { RuleNumber = 0, Egress } of NetworkAcls?.[0]?.Entries ?? []) {
      if (RuleNumber >= 100) continue;
      await ec2.send(new DeleteNetworkAclEntryCommand({ NetworkAclId: networkAclId, RuleNumber, Egress }));
    }
  };
  return {
    securityGroupInbound: {
      inject: async () => {
        const IpPermissions = (await permissions())?.IpPermissions?.filter(({ FromPort }) => FromPort === 80);
        await ec2.send(
          new RevokeSecurityGroupIngressCommand({
            GroupId: groupId,
            IpPermissions: IpPermissions ?? [openPort(80)],
          }),
        );
      },
      repair: nothing,
      expects: [['securityGroupInbound'], ['securityGroupInbound'], ['securityGroupInbound']],
    },
    securityGroupOutbound: {
      inject: closeEgress,
      repair: async () => {
        await closeEgress();
        await ec2.send(new AuthorizeSecurityGroupEgressCommand({ GroupId: groupId, IpPermissions: [all] }));
      },
      expects: [['securityGroupOutbound'], ['securityGroupOutbound'], ['securityGroupOutbound']],
    },
    networkAclInbound: {
      inject: deny(false, 80, 80),
      repair: openAcl,
      expects: [['networkAclInbound'], ['networkAclInbound'], ['networkAclInbound']],
    },
    networkAclOutbound: {
      inject: deny(true, 1024, 65_535),
      repair: openAcl,
      expects: [['networkAclOutbound'], ['networkAclOutbound'], ['networkAclOutbound']],
    },
  } satisfies Faults;
}
