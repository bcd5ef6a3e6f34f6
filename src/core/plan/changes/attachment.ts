import { setTimeout as sleep } from 'node:timers/promises';
import type { NetworkInterface } from '@aws-sdk/client-ec2';
import type { Ec2 } from '../../aws/ec2.ts';
import type { ChangeHandler } from '../handler.ts';
import { gone, ifGone } from './gone.ts';
import { idIn } from './tags.ts';

const POLL_MILLISECONDS = 2_000;

/** Plugs an ENI into an instance as a further one. */
export function attachEni(ec2: Ec2): ChangeHandler<'attachEni'> {
  return {
    perform: async ({ networkInterfaceId, instanceId, deviceIndex }) => {
      const { AttachmentId } = await ec2.attachNetworkInterface({
        NetworkInterfaceId: networkInterfaceId,
        InstanceId: instanceId,
        DeviceIndex: deviceIndex,
      });
      return { attachmentId: idIn(AttachmentId, 'ec2:AttachNetworkInterface') };
    },
    find: async ({ networkInterfaceId, instanceId }, { signal }) => {
      const { Attachment } = (await described(ec2, networkInterfaceId, signal)) ?? {};
      const id = Attachment?.InstanceId === instanceId ? Attachment.AttachmentId : undefined;
      return id === undefined ? undefined : { attachmentId: id };
    },
    inverse: (input, { attachmentId = '' }) => ({ kind: 'detachEni', input: { ...input, attachmentId } }),
  };
}

/** Unplugs an ENI from its instance, and waits until it is free. */
export function detachEni(ec2: Ec2): ChangeHandler<'detachEni'> {
  return {
    repeatable: true,
    perform: ({ attachmentId }) => gone(ec2.detachNetworkInterface({ AttachmentId: attachmentId })),
    find: ({ networkInterfaceId, attachmentId }, { signal }) =>
      ifGone(
        described(ec2, networkInterfaceId, signal),
        (eni) => eni?.Attachment?.AttachmentId === attachmentId,
      ),
    settle: async ({ networkInterfaceId }, { signal }) => {
      const isFree = () =>
        ifGone(described(ec2, networkInterfaceId, signal), (eni) => eni?.Status !== 'available');
      while ((await isFree()) === undefined) await sleep(POLL_MILLISECONDS, undefined, { signal });
    },
    inverse: ({ networkInterfaceId, instanceId, deviceIndex }) => ({
      kind: 'attachEni',
      input: { networkInterfaceId, instanceId, deviceIndex },
    }),
  };
}

async function described(ec2: Ec2, id: string, signal?: AbortSignal): Promise<NetworkInterface | undefined> {
  const input = { NetworkInterfaceIds: [id] };
  return (await ec2.describeNetworkInterfaces(input, { signal })).NetworkInterfaces?.[0];
}
