import type { Ec2 } from '../../aws/ec2.ts';
import type { ChangeHandler } from '../handler.ts';
import { gone, ifGone } from './gone.ts';
import { idIn, madeBy, tagsOn } from './tags.ts';

/** Makes a VPC. */
export function createVpc(ec2: Ec2): ChangeHandler<'createVpc'> {
  return {
    findsByTag: true,
    perform: async ({ cidr, name }, step) => {
      const { Vpc } = await ec2.createVpc({ CidrBlock: cidr, ...tagsOn('vpc', step, name) });
      return { vpcId: idIn(Vpc?.VpcId, 'ec2:CreateVpc') };
    },
    find: async (_, step) => {
      const id = (await ec2.describeVpcs(madeBy(step), step)).Vpcs?.[0]?.VpcId;
      return id === undefined ? undefined : { vpcId: id };
    },
    inverse: ({ cidr }, { vpcId = '' }) => ({ kind: 'deleteVpc', input: { vpcId, cidr } }),
  };
}

/** Deletes a VPC that nothing is left in. */
export function deleteVpc(ec2: Ec2): ChangeHandler<'deleteVpc'> {
  return {
    repeatable: true,
    perform: ({ vpcId }) => gone(ec2.deleteVpc({ VpcId: vpcId })),
    find: ({ vpcId }, step) =>
      ifGone(ec2.describeVpcs({ VpcIds: [vpcId] }, step), ({ Vpcs = [] }) => Vpcs.length > 0),
    inverse: () => undefined,
    notYet: ['DependencyViolation'],
  };
}
