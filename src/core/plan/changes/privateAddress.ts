import type { NetworkInterfacePrivateIpAddress } from '@aws-sdk/client-ec2';
import type { Ec2 } from '../../aws/ec2.ts';
import { CoreError } from '../../base/errors.ts';
import type { ChangeHandler } from '../handler.ts';
import { absentIfNotFound, gone, ifGone } from './gone.ts';

/** Gives an ENI secondary addresses: all of them or none. */
export function assignAddresses(ec2: Ec2): ChangeHandler<'assignAddresses'> {
  return {
    perform: async ({ networkInterfaceId, addresses }) => {
      await ec2.assignPrivateIpAddresses({
        NetworkInterfaceId: networkInterfaceId,
        PrivateIpAddresses: [...addresses],
        // An address that another ENI holds would take its EIP along.
        AllowReassignment: false,
      });
      return {};
    },
    find: async ({ networkInterfaceId, addresses }, { signal }) => {
      const held = await addressesOf(ec2, networkInterfaceId, signal);
      return addresses.every((address) => held.has(address)) ? {} : undefined;
    },
    inverse: ({ networkInterfaceId, addresses }) => ({
      kind: 'unassignAddresses',
      input: { networkInterfaceId, addresses },
    }),
  };
}

/** Takes secondary addresses from an ENI. */
export function unassignAddresses(ec2: Ec2): ChangeHandler<'unassignAddresses'> {
  return {
    perform: ({ networkInterfaceId, addresses }) =>
      gone(
        ec2.unassignPrivateIpAddresses({
          NetworkInterfaceId: networkInterfaceId,
          PrivateIpAddresses: [...addresses],
        }),
      ),
    before: async ({ networkInterfaceId, addresses }, { signal }) => {
      const held = await heldBy(ec2, networkInterfaceId, signal).catch(absentIfNotFound);
      // Unassigning would take the EIP off as well.
      const paired = held?.find(
        ({ PrivateIpAddress = '', Association }) =>
          addresses.includes(PrivateIpAddress) && Association !== undefined,
      );
      const id = paired?.PrivateIpAddress;
      if (id !== undefined) throw new CoreError('plan.changedMeanwhile', { what: 'address', id });
    },
    find: ({ networkInterfaceId, addresses }, { signal }) =>
      ifGone(addressesOf(ec2, networkInterfaceId, signal), (held) => addresses.some((a) => held.has(a))),
    inverse: ({ networkInterfaceId, addresses }) => ({
      kind: 'assignAddresses',
      input: { networkInterfaceId, addresses },
    }),
  };
}

async function addressesOf(ec2: Ec2, eniId: string, signal?: AbortSignal): Promise<ReadonlySet<string>> {
  const held = await heldBy(ec2, eniId, signal);
  return new Set(held.flatMap(({ PrivateIpAddress }) => PrivateIpAddress ?? []));
}

async function heldBy(
  ec2: Ec2,
  eniId: string,
  signal?: AbortSignal,
): Promise<readonly NetworkInterfacePrivateIpAddress[]> {
  const input = { NetworkInterfaceIds: [eniId] };
  const { NetworkInterfaces } = await ec2.describeNetworkInterfaces(input, { signal });
  return NetworkInterfaces?.[0]?.PrivateIpAddresses ?? [];
}
