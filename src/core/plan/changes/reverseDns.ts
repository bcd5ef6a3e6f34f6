import type { AddressAttribute } from '@aws-sdk/client-ec2';
import type { Ec2 } from '../../aws/ec2.ts';
import { sameName } from '../../aws/reverseDns.ts';
import { CoreError } from '../../base/errors.ts';
import type { ChangeHandler } from '../handler.ts';
import { absentIfNotFound, gone, ifGone } from './gone.ts';
import { type Waiting, waitFor } from './wait.ts';

/** Sets the PTR record of an EIP; EC2 goes on working on it after its answer, which is waited for. */
export function setReverseDns(ec2: Ec2, waiting: Waiting): ChangeHandler<'setReverseDns'> {
  return {
    repeatable: true,
    before: async ({ allocationId, publicIp, domainName, previous }, { signal }) => {
      const record = recordOf(await attributeOf(ec2, allocationId, signal));
      if (!isOneOf(record, [domainName, previous])) throw changed(publicIp);
    },
    perform: async ({ allocationId, domainName }) => {
      await ec2.modifyAddressAttribute({ AllocationId: allocationId, DomainName: domainName });
      return {};
    },
    find: async ({ allocationId, domainName }, { signal }) =>
      sameName(recordOf(await attributeOf(ec2, allocationId, signal)), domainName) ? {} : undefined,
    settle: async ({ allocationId, publicIp, domainName }, { signal }) => {
      const update = await settled(ec2, { allocationId, publicIp }, waiting, signal);
      if (update?.Status !== 'FAILED') return;
      const reason = update.Reason ?? '';
      throw new CoreError('plan.reverseDnsRefused', { publicIp, domainName, reason });
    },
    inverse: ({ allocationId, publicIp, domainName, previous }) =>
      previous === undefined
        ? { kind: 'clearReverseDns', input: { allocationId, publicIp, domainName } }
        : {
            kind: 'setReverseDns',
            input: { allocationId, publicIp, domainName: previous, previous: domainName },
          },
  };
}

/** Clears the PTR record of an EIP, and waits until it is gone. */
export function clearReverseDns(ec2: Ec2, waiting: Waiting): ChangeHandler<'clearReverseDns'> {
  return {
    repeatable: true,
    before: async ({ allocationId, publicIp, domainName }, { signal }) => {
      const attribute = await attributeOf(ec2, allocationId, signal).catch(absentIfNotFound);
      if (!isOneOf(recordOf(attribute), [domainName])) throw changed(publicIp);
    },
    perform: ({ allocationId }) =>
      gone(ec2.resetAddressAttribute({ AllocationId: allocationId, Attribute: 'domain-name' })),
    find: ({ allocationId }, { signal }) =>
      ifGone(attributeOf(ec2, allocationId, signal), (attribute) => recordOf(attribute) !== undefined),
    settle: async ({ allocationId, publicIp }, { signal }) => {
      // An EIP that has been released since then has no record either.
      await ifGone(settled(ec2, { allocationId, publicIp }, waiting, signal), () => false);
    },
    inverse: ({ allocationId, publicIp, domainName }) => ({
      kind: 'setReverseDns',
      input: { allocationId, publicIp, domainName },
    }),
  };
}

/** Whether a record is what a plan may have seen; an absent one always is. */
function isOneOf(record: string | undefined, names: readonly (string | undefined)[]): boolean {
  return record === undefined || names.some((name) => name !== undefined && sameName(record, name));
}

function changed(publicIp: string): CoreError {
  return new CoreError('plan.changedMeanwhile', { what: 'Elastic IP', id: publicIp });
}

/** Waits until EC2 is no longer working on the record; what it says of its last work, where it says so. */
async function settled(
  ec2: Ec2,
  { allocationId, publicIp }: { readonly allocationId: string; readonly publicIp: string },
  waiting: Waiting,
  signal?: AbortSignal,
): Promise<AddressAttribute['PtrRecordUpdate']> {
  let update: AddressAttribute['PtrRecordUpdate'];
  const look = async () => {
    update = (await attributeOf(ec2, allocationId, signal))?.PtrRecordUpdate;
    return update?.Status === 'PENDING' ? { state: update.Status, moving: true } : undefined;
  };
  await waitFor({ what: 'Elastic IP', id: publicIp, wanted: 'UPDATED' }, look, waiting, signal);
  return update;
}

async function attributeOf(
  ec2: Ec2,
  allocationId: string,
  signal?: AbortSignal,
): Promise<AddressAttribute | undefined> {
  const input = { AllocationIds: [allocationId], Attribute: 'domain-name' as const };
  return (await ec2.describeAddressesAttribute(input, { signal })).Addresses?.[0];
}

function recordOf(attribute: AddressAttribute | undefined): string | undefined {
  return attribute?.PtrRecord === '' ? undefined : attribute?.PtrRecord;
}
