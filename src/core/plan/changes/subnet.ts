import type { Ec2 } from '../../aws/ec2.ts';
import type { ChangeHandler } from '../handler.ts';
import { gone, ifGone } from './gone.ts';
import { idIn, madeBy, tagsOn } from './tags.ts';

/** Makes a subnet. */
export function createSubnet(ec2: Ec2): ChangeHandler<'createSubnet'> {
  return {
    findsByTag: true,
    perform: async ({ vpcId, cidr, availabilityZone, name }, step) => {
      const { Subnet } = await ec2.createSubnet({
        VpcId: vpcId,
        CidrBlock: cidr,
        AvailabilityZone: availabilityZone,
        ...tagsOn('subnet', step, name),
      });
      return { subnetId: idIn(Subnet?.SubnetId, 'ec2:CreateSubnet') };
    },
    find: async (_, step) => {
      const id = (await ec2.describeSubnets(madeBy(step), step)).Subnets?.[0]?.SubnetId;
      return id === undefined ? undefined : { subnetId: id };
    },
    inverse: ({ cidr }, { subnetId = '' }) => ({ kind: 'deleteSubnet', input: { subnetId, cidr } }),
  };
}

/** Deletes a subnet that no ENI is left in. */
export function deleteSubnet(ec2: Ec2): ChangeHandler<'deleteSubnet'> {
  return {
    repeatable: true,
    perform: ({ subnetId }) => gone(ec2.deleteSubnet({ SubnetId: subnetId })),
    find: ({ subnetId }, step) =>
      ifGone(ec2.describeSubnets({ SubnetIds: [subnetId] }, step), ({ Subnets = [] }) => Subnets.length > 0),
    inverse: () => undefined,
    notYet: ['DependencyViolation'],
  };
}
