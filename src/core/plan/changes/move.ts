import type { Ec2 } from '../../aws/ec2.ts';
import { CoreError } from '../../base/errors.ts';
import type { ChangeHandler, KnownInput } from '../handler.ts';
import { idIn } from './tags.ts';

/** Takes an EIP from one private address to another: the one change that may, because it was asked for. */
export function moveEip(ec2: Ec2): ChangeHandler<'moveEip'> {
  return {
    perform: async (input, { signal }) => {
      await requireUnchanged(ec2, input, signal);
      const { AssociationId } = await ec2.associateAddress({
        AllocationId: input.allocationId,
        NetworkInterfaceId: input.to.networkInterfaceId,
        PrivateIpAddress: input.to.privateAddress,
        AllowReassociation: true,
      });
      return { associationId: idIn(AssociationId, 'ec2:AssociateAddress') };
    },
    find: async ({ allocationId, to }, { signal }) => {
      const { Addresses } = await ec2.describeAddresses({ AllocationIds: [allocationId] }, { signal });
      const eip = Addresses?.[0];
      const here =
        eip?.NetworkInterfaceId === to.networkInterfaceId && eip.PrivateIpAddress === to.privateAddress;
      return here && eip.AssociationId !== undefined ? { associationId: eip.AssociationId } : undefined;
    },
    inverse: ({ allocationId, publicIp, from, to }) => ({
      kind: 'moveEip',
      input: { allocationId, publicIp, from: to, to: from },
    }),
    notYet: ['Gateway.NotAttached', 'IncorrectInstanceState'],
  };
}

/** `AllowReassociation` would also push out whatever came to the new address meanwhile. */
async function requireUnchanged(
  ec2: Ec2,
  { allocationId, publicIp, from, to }: KnownInput<'moveEip'>,
  signal?: AbortSignal,
): Promise<void> {
  const Filters = [
    { Name: 'network-interface-id', Values: [from.networkInterfaceId, to.networkInterfaceId] },
  ];
  const { Addresses = [] } = await ec2.describeAddresses({ Filters }, { signal });
  const at = (place: typeof from) =>
    Addresses.find(
      (eip) =>
        eip.NetworkInterfaceId === place.networkInterfaceId && eip.PrivateIpAddress === place.privateAddress,
    )?.AllocationId;
  if (at(to) === allocationId) return;
  if (at(from) !== allocationId || at(to) !== undefined) {
    throw new CoreError('plan.changedMeanwhile', { what: 'Elastic IP', id: publicIp });
  }
}
