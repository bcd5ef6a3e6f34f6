import type { IpPermission } from '@aws-sdk/client-ec2';
import type { Ec2 } from '../../aws/ec2.ts';
import type { OpenPort } from '../changes.ts';
import type { ChangeHandler } from '../handler.ts';
import { gone, ifGone } from './gone.ts';
import { idIn, madeBy, tagsOn } from './tags.ts';

/** Makes a security group, which lets nothing in yet. */
export function createSecurityGroup(ec2: Ec2): ChangeHandler<'createSecurityGroup'> {
  return {
    findsByTag: true,
    perform: async ({ vpcId, name, description }, step) => {
      const { GroupId } = await ec2.createSecurityGroup({
        VpcId: vpcId,
        GroupName: name,
        Description: description,
        ...tagsOn('security-group', step, name),
      });
      return { groupId: idIn(GroupId, 'ec2:CreateSecurityGroup') };
    },
    find: async (_, step) => {
      const id = (await ec2.describeSecurityGroups(madeBy(step), step)).SecurityGroups?.[0]?.GroupId;
      return id === undefined ? undefined : { groupId: id };
    },
    inverse: ({ name }, { groupId = '' }) => ({ kind: 'deleteSecurityGroup', input: { groupId, name } }),
  };
}

/** Opens ports of a security group, all in one call. */
export function openPorts(ec2: Ec2): ChangeHandler<'openPorts'> {
  return {
    perform: async ({ groupId, ports, direction }) => {
      const input = { GroupId: groupId, IpPermissions: ports.map(permission) };
      await (direction === 'egress'
        ? ec2.authorizeSecurityGroupEgress(input)
        : ec2.authorizeSecurityGroupIngress(input));
      return {};
    },
    find: async ({ groupId, ports, direction }, { signal }) => {
      const open = await permissionsOf(ec2, { groupId, direction }, signal);
      return ports.every((port) => open.some((rule) => opens(rule, port))) ? {} : undefined;
    },
    inverse: (input) => ({ kind: 'closePorts', input }),
  };
}

/** Closes ports of a security group again. */
export function closePorts(ec2: Ec2): ChangeHandler<'closePorts'> {
  return {
    perform: ({ groupId, ports, direction }) => {
      const input = { GroupId: groupId, IpPermissions: ports.map(permission) };
      return gone(
        direction === 'egress' ? ec2.revokeSecurityGroupEgress(input) : ec2.revokeSecurityGroupIngress(input),
      );
    },
    find: ({ groupId, ports, direction }, { signal }) =>
      ifGone(permissionsOf(ec2, { groupId, direction }, signal), (open) =>
        ports.some((port) => open.some((rule) => opens(rule, port))),
      ),
    inverse: (input) => ({ kind: 'openPorts', input }),
  };
}

/** Deletes a security group that no ENI uses. */
export function deleteSecurityGroup(ec2: Ec2): ChangeHandler<'deleteSecurityGroup'> {
  return {
    repeatable: true,
    perform: ({ groupId }) => gone(ec2.deleteSecurityGroup({ GroupId: groupId })),
    find: ({ groupId }, step) =>
      ifGone(
        ec2.describeSecurityGroups({ GroupIds: [groupId] }, step),
        ({ SecurityGroups = [] }) => SecurityGroups.length > 0,
      ),
    inverse: () => undefined,
    notYet: ['DependencyViolation', 'InvalidGroup.InUse'],
  };
}

async function permissionsOf(
  ec2: Ec2,
  { groupId, direction }: { readonly groupId: string; readonly direction: 'egress' | undefined },
  signal?: AbortSignal,
): Promise<readonly IpPermission[]> {
  const { SecurityGroups } = await ec2.describeSecurityGroups({ GroupIds: [groupId] }, { signal });
  const [group] = SecurityGroups ?? [];
  return (direction === 'egress' ? group?.IpPermissionsEgress : group?.IpPermissions) ?? [];
}

function permission({ protocol, fromPort, toPort, source }: OpenPort): IpPermission {
  return { IpProtocol: protocol, FromPort: fromPort, ToPort: toPort, IpRanges: [{ CidrIp: source }] };
}

function opens(rule: IpPermission, port: OpenPort): boolean {
  const sources = rule.IpRanges?.map(({ CidrIp }) => CidrIp) ?? [];
  return (
    rule.IpProtocol === port.protocol &&
    rule.FromPort === port.fromPort &&
    rule.ToPort === port.toPort &&
    sources.includes(port.source)
  );
}
