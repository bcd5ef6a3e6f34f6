import type { Address } from '@aws-sdk/client-ec2';
import type { Ec2 } from '../../aws/ec2.ts';
import { CoreError } from '../../base/errors.ts';
import type { ChangeHandler } from '../handler.ts';
import { absentIfNotFound, gone, ifGone } from './gone.ts';
import { idIn } from './tags.ts';

/** Pairs an EIP with one private address; an EIP that is in use elsewhere stays there, and this fails. */
export function associateEip(ec2: Ec2): ChangeHandler<'associateEip'> {
  return {
    perform: async ({ allocationId, networkInterfaceId, privateAddress }) => {
      const { AssociationId } = await ec2.associateAddress({
        AllocationId: allocationId,
        NetworkInterfaceId: networkInterfaceId,
        // Without it the EIP lands on the primary address.
        PrivateIpAddress: privateAddress,
        // EC2's default takes an EIP from whatever holds it.
        AllowReassociation: false,
      });
      return { associationId: idIn(AssociationId, 'ec2:AssociateAddress') };
    },
    before: async ({ allocationId, networkInterfaceId, privateAddress }, { signal }) => {
      const eip = await eipOf(ec2, allocationId, signal).catch(absentIfNotFound);
      const here = eip?.NetworkInterfaceId === networkInterfaceId && eip.PrivateIpAddress === privateAddress;
      if (eip === undefined || (isPaired(eip) && !here)) throw changed(eip?.PublicIp ?? allocationId);
    },
    find: async ({ allocationId, networkInterfaceId, privateAddress }, { signal }) => {
      const eip = await eipOf(ec2, allocationId, signal);
      const here = eip?.NetworkInterfaceId === networkInterfaceId && eip.PrivateIpAddress === privateAddress;
      return here && eip.AssociationId !== undefined ? { associationId: eip.AssociationId } : undefined;
    },
    inverse: ({ allocationId, networkInterfaceId, privateAddress }, { associationId = '' }) => ({
      kind: 'disassociateEip',
      input: { associationId, allocationId, networkInterfaceId, privateAddress },
    }),
    notYet: ['Gateway.NotAttached', 'IncorrectInstanceState'],
  };
}

/** Takes an EIP from its private address; the EIP stays allocated. */
export function disassociateEip(ec2: Ec2): ChangeHandler<'disassociateEip'> {
  return {
    repeatable: true,
    perform: ({ associationId }) => gone(ec2.disassociateAddress({ AssociationId: associationId })),
    before: async ({ allocationId, associationId }, { signal }) => {
      const eip = await eipOf(ec2, allocationId, signal).catch(absentIfNotFound);
      if (eip !== undefined && isPaired(eip) && eip.AssociationId !== associationId) {
        throw changed(eip.PublicIp ?? allocationId);
      }
    },
    find: ({ allocationId, associationId }, { signal }) =>
      ifGone(eipOf(ec2, allocationId, signal), (eip) => eip?.AssociationId === associationId),
    inverse: ({ allocationId, networkInterfaceId, privateAddress }) => ({
      kind: 'associateEip',
      input: { allocationId, networkInterfaceId, privateAddress },
    }),
  };
}

function isPaired({ AssociationId }: Address): boolean {
  return AssociationId !== undefined && AssociationId !== '';
}

function changed(id: string): CoreError {
  return new CoreError('plan.changedMeanwhile', { what: 'Elastic IP', id });
}

async function eipOf(ec2: Ec2, allocationId: string, signal?: AbortSignal): Promise<Address | undefined> {
  return (await ec2.describeAddresses({ AllocationIds: [allocationId] }, { signal })).Addresses?.[0];
}
