import type { Ec2 } from '../../aws/ec2.ts';
import type { AclEntry } from '../changes.ts';
import type { ChangeHandler } from '../handler.ts';
import { gone, ifGone } from './gone.ts';

const TCP = '6';

/** Lets TCP through a network ACL, by an entry of its own number. */
export function allowInAcl(ec2: Ec2): ChangeHandler<'allowInAcl'> {
  return {
    perform: async ({ networkAclId, ruleNumber, egress, cidr, fromPort, toPort }) => {
      await ec2.createNetworkAclEntry({
        NetworkAclId: networkAclId,
        RuleNumber: ruleNumber,
        Egress: egress,
        Protocol: TCP,
        RuleAction: 'allow',
        CidrBlock: cidr,
        PortRange: { From: fromPort, To: toPort },
      });
      return {};
    },
    find: async (input, { signal }) => ((await isThere(ec2, input, signal)) ? {} : undefined),
    inverse: (input) => ({ kind: 'deleteAclEntry', input }),
  };
}

/** Takes such an entry out again. */
export function deleteAclEntry(ec2: Ec2): ChangeHandler<'deleteAclEntry'> {
  return {
    perform: ({ networkAclId, ruleNumber, egress }) =>
      gone(ec2.deleteNetworkAclEntry({ NetworkAclId: networkAclId, RuleNumber: ruleNumber, Egress: egress })),
    find: (input, { signal }) => ifGone(isThere(ec2, input, signal), (there) => there),
    inverse: (input) => ({ kind: 'allowInAcl', input }),
  };
}

async function isThere(
  ec2: Ec2,
  { networkAclId, ruleNumber, egress, cidr }: AclEntry,
  signal?: AbortSignal,
): Promise<boolean> {
  const { NetworkAcls = [] } = await ec2.describeNetworkAcls({ NetworkAclIds: [networkAclId] }, { signal });
  return (NetworkAcls[0]?.Entries ?? []).some(
    (entry) =>
      entry.RuleNumber === ruleNumber &&
      entry.Egress === egress &&
      entry.RuleAction === 'allow' &&
      entry.CidrBlock === cidr,
  );
}
