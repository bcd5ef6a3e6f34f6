import type { Ec2 } from '../../aws/ec2.ts';
import type { ChangeHandler } from '../handler.ts';
import { gone, ifGone } from './gone.ts';
import { clientToken, idIn, madeBy, tagsOn } from './tags.ts';

/** Makes an ENI, its secondary addresses in the same call. */
export function createEni(ec2: Ec2): ChangeHandler<'createEni'> {
  return {
    findsByTag: true,
    repeatable: true,
    perform: async ({ subnetId, groupIds, description, primary, secondaries, name, tags }, step) => {
      const { NetworkInterface } = await ec2.createNetworkInterface({
        SubnetId: subnetId,
        Groups: [...groupIds],
        Description: description,
        PrivateIpAddresses: [
          { PrivateIpAddress: primary, Primary: true },
          ...secondaries.map((address) => ({ PrivateIpAddress: address, Primary: false })),
        ],
        ClientToken: clientToken(step),
        ...tagsOn('network-interface', step, name, tags),
      });
      const id = NetworkInterface?.NetworkInterfaceId;
      return { networkInterfaceId: idIn(id, 'ec2:CreateNetworkInterface') };
    },
    find: async (_, step) => {
      const { NetworkInterfaces } = await ec2.describeNetworkInterfaces(madeBy(step), step);
      const id = NetworkInterfaces?.[0]?.NetworkInterfaceId;
      return id === undefined ? undefined : { networkInterfaceId: id };
    },
    inverse: (_, { networkInterfaceId = '' }) => ({ kind: 'deleteEni', input: { networkInterfaceId } }),
  };
}

/** Deletes an ENI that is attached to no instance. */
export function deleteEni(ec2: Ec2): ChangeHandler<'deleteEni'> {
  return {
    repeatable: true,
    perform: ({ networkInterfaceId }) =>
      gone(ec2.deleteNetworkInterface({ NetworkInterfaceId: networkInterfaceId })),
    find: ({ networkInterfaceId }, step) =>
      ifGone(
        ec2.describeNetworkInterfaces({ NetworkInterfaceIds: [networkInterfaceId] }, step),
        ({ NetworkInterfaces = [] }) => NetworkInterfaces.length > 0,
      ),
    inverse: () => undefined,
    // The ENI of an instance that has just been terminated is let go a little later.
    notYet: ['InvalidNetworkInterface.InUse', 'InvalidParameterValue'],
  };
}
