import type * as Sdk from '@aws-sdk/client-ec2';
import type { NetworkAcl, NetworkAclRule } from '../model/networkAcl.ts';
import type { CallOptions, Ec2 } from './ec2.ts';
import { given } from './networkAnswers.ts';
import { allPages } from './pages.ts';

/** Reads the network ACLs of some VPCs; only a diagnosis needs them, so they are no part of the inventory. */
export async function readNetworkAcls(
  ec2: Ec2,
  vpcIds: readonly string[],
  options: CallOptions = {},
): Promise<readonly NetworkAcl[]> {
  if (vpcIds.length === 0) return [];
  const Filters = [{ Name: 'vpc-id', Values: [...new Set(vpcIds)] }];
  const acls = await allPages(
    (page) => ec2.describeNetworkAcls({ Filters, MaxResults: 200, ...page }, options),
    (answer) => answer.NetworkAcls,
  );
  return acls.map(networkAclOf);
}

function networkAclOf(acl: Sdk.NetworkAcl): NetworkAcl {
  return {
    id: acl.NetworkAclId ?? '',
    vpcId: acl.VpcId ?? '',
    isDefault: acl.IsDefault ?? false,
    subnetIds: (acl.Associations ?? []).flatMap(({ SubnetId }) => SubnetId ?? []),
    rules: (acl.Entries ?? []).flatMap(ruleOf).sort((one, other) => one.number - other.number),
  };
}

function ruleOf(entry: Sdk.NetworkAclEntry): readonly NetworkAclRule[] {
  const cidr = given(entry.CidrBlock);
  // It speaks of IPv6.
  if (cidr === undefined) return [];
  const { From, To } = entry.PortRange ?? {};
  return [
    {
      number: entry.RuleNumber ?? 0,
      egress: entry.Egress ?? false,
      protocol: entry.Protocol ?? '-1',
      allow: entry.RuleAction === 'allow',
      cidr,
      ...(From !== undefined && { fromPort: From }),
      ...(To !== undefined && { toPort: To }),
    },
  ];
}
