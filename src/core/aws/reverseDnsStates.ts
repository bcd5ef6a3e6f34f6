import type { CallOptions, Ec2 } from './ec2.ts';
import { allPages } from './pages.ts';

/** What EC2 says of one EIP's PTR record: the name that it has, and the one that EC2 is still working on. */
export interface ReverseDnsState {
  readonly name?: string;
  readonly pending?: string;
}

/** Reads how far the PTR records of a Region's EIPs are, by allocation id. */
export async function readReverseDnsStates(
  ec2: Ec2,
  options: CallOptions = {},
): Promise<ReadonlyMap<string, ReverseDnsState>> {
  const records = await allPages(
    (page) =>
      ec2.describeAddressesAttribute({ Attribute: 'domain-name', MaxResults: 1000, ...page }, options),
    (answer) => answer.Addresses,
  );
  return new Map(
    records.map(({ AllocationId = '', PtrRecord = '', PtrRecordUpdate }) => {
      const pending = PtrRecordUpdate?.Status === 'PENDING' ? PtrRecordUpdate.Value : undefined;
      const state = {
        ...(PtrRecord !== '' && { name: PtrRecord }),
        ...(pending !== undefined && { pending }),
      };
      return [AllocationId, state] as const;
    }),
  );
}
