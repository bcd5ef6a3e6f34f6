import type { NetworkInterface } from '@aws-sdk/client-ec2';
import type { Ec2 } from '../../aws/ec2.ts';
import { CoreError } from '../../base/errors.ts';
import type { ChangeHandler } from '../handler.ts';
import { absentIfNotFound, gone, ifGone } from './gone.ts';
import { idIn } from './tags.ts';
import { type Waiting, waitFor } from './wait.ts';

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
export function detachEni(ec2: Ec2, waiting: Waiting): ChangeHandler<'detachEni'> {
  return {
    repeatable: true,
    perform: ({ attachmentId }) => gone(ec2.detachNetworkInterface({ AttachmentId: attachmentId })),
    find: ({ networkInterfaceId, attachmentId }, { signal }) =>
      ifGone(
        described(ec2, networkInterfaceId, signal),
        (eni) => eni?.Attachment?.AttachmentId === attachmentId,
      ),
    settle: async ({ networkInterfaceId: id, attachmentId }, { signal }) => {
      const what = 'network interface';
      const look = async () => {
        const eni = await described(ec2, id, signal).catch(absentIfNotFound);
        if (eni === undefined || eni.Status === 'available') return undefined;
        const { AttachmentId, Status } = eni.Attachment ?? {};
        // Somebody has plugged it in again by now.
        if (AttachmentId !== undefined && AttachmentId !== attachmentId) {
          throw new CoreError('plan.changedMeanwhile', { what, id });
        }
        return { state: Status ?? eni.Status ?? '', moving: Status !== 'attached' };
      };
      await waitFor({ what, id, wanted: 'available' }, look, waiting, signal);
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
