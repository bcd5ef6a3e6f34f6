import type { Ec2 } from '../../aws/ec2.ts';
import { CoreError } from '../../base/errors.ts';
import type { ChangeHandler } from '../handler.ts';
import { absentIfNotFound, gone, ifGone } from './gone.ts';
import { idIn, madeBy, tagsOn } from './tags.ts';

/** Allocates an EIP; from then on it costs money. */
export function allocateEip(ec2: Ec2): ChangeHandler<'allocateEip'> {
  return {
    findsByTag: true,
    perform: async ({ name, publicIp }, step) => {
      const answer = await ec2.allocateAddress({
        Domain: 'vpc',
        Address: publicIp,
        ...tagsOn('elastic-ip', step, name),
      });
      return {
        allocationId: idIn(answer.AllocationId, 'ec2:AllocateAddress'),
        publicIp: idIn(answer.PublicIp, 'ec2:AllocateAddress'),
      };
    },
    find: async (_, step) => {
      const eip = (await ec2.describeAddresses(madeBy(step), step)).Addresses?.[0];
      return eip?.AllocationId === undefined || eip.PublicIp === undefined
        ? undefined
        : { allocationId: eip.AllocationId, publicIp: eip.PublicIp };
    },
    inverse: (_, { allocationId = '', publicIp = '' }) => ({
      kind: 'releaseEip',
      input: { allocationId, publicIp },
    }),
  };
}

/** Releases an EIP that is paired with nothing; somebody else may get it then. */
export function releaseEip(ec2: Ec2): ChangeHandler<'releaseEip'> {
  return {
    repeatable: true,
    before: async ({ allocationId, publicIp }, step) => {
      const answer = await ec2
        .describeAddresses({ AllocationIds: [allocationId] }, step)
        .catch(absentIfNotFound);
      // Somebody may have put it to use since the plan was made.
      if ((answer?.Addresses?.[0]?.AssociationId ?? '') !== '') {
        throw new CoreError('plan.changedMeanwhile', { what: 'Elastic IP', id: publicIp });
      }
    },
    perform: ({ allocationId }) => gone(ec2.releaseAddress({ AllocationId: allocationId })),
    find: ({ allocationId }, step) =>
      ifGone(
        ec2.describeAddresses({ AllocationIds: [allocationId] }, step),
        ({ Addresses = [] }) => Addresses.length > 0,
      ),
    inverse: ({ publicIp }) => ({ kind: 'allocateEip', input: { name: publicIp, publicIp } }),
    // A PTR record that was cleared keeps the EIP locked for a while.
    notYet: ['InvalidIPAddress.InUse', 'InvalidAddress.Locked', 'InvalidAddress.PtrSet'],
  };
}
