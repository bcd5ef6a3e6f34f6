import type { Ec2 } from '../../aws/ec2.ts';
import { sameName } from '../../aws/reverseDns.ts';
import type { ChangeHandler } from '../handler.ts';
import { gone, ifGone } from './gone.ts';

/** Sets the PTR record of an EIP; EC2 goes on working on it after its answer. */
export function setReverseDns(ec2: Ec2): ChangeHandler<'setReverseDns'> {
  return {
    perform: async ({ allocationId, domainName }) => {
      await ec2.modifyAddressAttribute({ AllocationId: allocationId, DomainName: domainName });
      return {};
    },
    find: async ({ allocationId, domainName }, { signal }) =>
      sameName(await recordOf(ec2, allocationId, signal), domainName) ? {} : undefined,
    inverse: ({ allocationId, publicIp, domainName }) => ({
      kind: 'clearReverseDns',
      input: { allocationId, publicIp, domainName },
    }),
  };
}

/** Clears the PTR record of an EIP. */
export function clearReverseDns(ec2: Ec2): ChangeHandler<'clearReverseDns'> {
  return {
    perform: ({ allocationId }) =>
      gone(ec2.resetAddressAttribute({ AllocationId: allocationId, Attribute: 'domain-name' })),
    find: ({ allocationId }, { signal }) =>
      ifGone(recordOf(ec2, allocationId, signal), (record) => record !== undefined),
    inverse: ({ allocationId, publicIp, domainName }) => ({
      kind: 'setReverseDns',
      input: { allocationId, publicIp, domainName },
    }),
  };
}

async function recordOf(ec2: Ec2, allocationId: string, signal?: AbortSignal): Promise<string | undefined> {
  const input = { AllocationIds: [allocationId], Attribute: 'domain-name' as const };
  const { Addresses } = await ec2.describeAddressesAttribute(input, { signal });
  const record = Addresses?.[0]?.PtrRecord;
  return record === '' ? undefined : record;
}
