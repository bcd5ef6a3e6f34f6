import type { Instance } from '@aws-sdk/client-ec2';
import type { Ec2, Ec2Input } from '../../aws/ec2.ts';
import type { ChangeHandler, KnownInput } from '../handler.ts';
import { absentIfNotFound, gone, ifGone } from './gone.ts';
import { clientToken, idIn, madeBy, tagsOn } from './tags.ts';
import { type Waiting, waitFor } from './wait.ts';

const ENDING = new Set(['shutting-down', 'terminated']);

/** Launches an instance on an ENI that is ready: EC2 takes no subnet and no security group beside it. */
export function launchInstance(ec2: Ec2): ChangeHandler<'launchInstance'> {
  return {
    findsByTag: true,
    repeatable: true,
    perform: async (input, step) => {
      const { Instances } = await ec2.runInstances({
        ImageId: input.imageId,
        InstanceType: input.instanceType as NonNullable<Ec2Input<'runInstances'>['InstanceType']>,
        KeyName: input.keyName,
        MinCount: 1,
        MaxCount: 1,
        NetworkInterfaces: [{ DeviceIndex: 0, NetworkInterfaceId: input.networkInterfaceId }],
        InstanceInitiatedShutdownBehavior: input.shutdownBehavior,
        ClientToken: clientToken(step),
        ...tagsOn('instance', step, input.name),
      });
      return { instanceId: idIn(Instances?.[0]?.InstanceId, 'ec2:RunInstances') };
    },
    find: async (_, step) => {
      const found = await instances(ec2, madeBy(step), step.signal);
      const id = found.find(({ State }) => !ENDING.has(State?.Name ?? ''))?.InstanceId;
      return id === undefined ? undefined : { instanceId: id };
    },
    inverse: (_, { instanceId = '' }) => ({ kind: 'terminateInstance', input: { instanceId } }),
  };
}

/** Launches an instance and lets the launch make its ENI, with all its addresses, in the same call. */
export function launchWithEni(ec2: Ec2): ChangeHandler<'launchWithEni'> {
  return {
    findsByTag: true,
    repeatable: true,
    perform: async (input, step) => {
      const { TagSpecifications: ofInstance } = tagsOn('instance', step, input.name);
      const { TagSpecifications: ofEni } = tagsOn('network-interface', step, input.name);
      const { Instances } = await ec2.runInstances({
        ImageId: input.imageId,
        InstanceType: input.instanceType as NonNullable<Ec2Input<'runInstances'>['InstanceType']>,
        KeyName: input.keyName,
        MinCount: 1,
        MaxCount: 1,
        NetworkInterfaces: [
          {
            DeviceIndex: 0,
            SubnetId: input.subnetId,
            Groups: [...input.groupIds],
            DeleteOnTermination: true,
            ...addressesOf(input.addresses),
          },
        ],
        InstanceInitiatedShutdownBehavior: input.shutdownBehavior,
        ClientToken: clientToken(step),
        TagSpecifications: [...ofInstance, ...ofEni],
      });
      return launched(Instances?.[0]);
    },
    find: async (_, step) => {
      const found = await instances(ec2, madeBy(step), step.signal);
      const living = found.find(({ State }) => !ENDING.has(State?.Name ?? ''));
      return living === undefined ? undefined : launched(living);
    },
    inverse: (_, { instanceId = '' }) => ({ kind: 'terminateInstance', input: { instanceId } }),
  };
}

function launched(instance: Instance | undefined): { instanceId: string; networkInterfaceId: string } {
  const action = 'ec2:RunInstances';
  return {
    instanceId: idIn(instance?.InstanceId, action),
    networkInterfaceId: idIn(instance?.NetworkInterfaces?.[0]?.NetworkInterfaceId, action),
  };
}

function addressesOf(
  addresses: KnownInput<'launchWithEni'>['addresses'],
): NonNullable<Ec2Input<'runInstances'>['NetworkInterfaces']>[number] {
  if ('secondaryCount' in addresses) return { SecondaryPrivateIpAddressCount: addresses.secondaryCount };
  return {
    PrivateIpAddresses: addresses.explicit.map((PrivateIpAddress, index) => ({
      PrivateIpAddress,
      Primary: index === 0,
    })),
  };
}

/** Terminates an instance, and waits until it has let go of its ENIs. */
export function terminateInstance(ec2: Ec2, waiting: Waiting): ChangeHandler<'terminateInstance'> {
  return {
    repeatable: true,
    perform: ({ instanceId }) => gone(ec2.terminateInstances({ InstanceIds: [instanceId] })),
    find: ({ instanceId }, { signal }) =>
      ifGone(stateOf(ec2, instanceId, signal), (state) => state !== undefined && !ENDING.has(state)),
    settle: async ({ instanceId: id }, { signal }) => {
      const look = async () => {
        const state = (await stateOf(ec2, id, signal).catch(absentIfNotFound)) ?? 'terminated';
        return state === 'terminated' ? undefined : { state, moving: ENDING.has(state) };
      };
      await waitFor({ what: 'instance', id, wanted: 'terminated' }, look, waiting, signal);
    },
    inverse: () => undefined,
  };
}

async function stateOf(ec2: Ec2, instanceId: string, signal?: AbortSignal): Promise<string | undefined> {
  return (await instances(ec2, { InstanceIds: [instanceId] }, signal))[0]?.State?.Name;
}

async function instances(
  ec2: Ec2,
  which: Ec2Input<'describeInstances'>,
  signal?: AbortSignal,
): Promise<readonly Instance[]> {
  const { Reservations = [] } = await ec2.describeInstances(which, { signal });
  return Reservations.flatMap((reservation) => reservation.Instances ?? []);
}
