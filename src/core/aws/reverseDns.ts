import type { CallOptions, Ec2 } from './ec2.ts';
import { allPages } from './pages.ts';

/** Reads the PTR records of a Region's EIPs: allocation id → name, for those that have one. */
export async function readReverseDns(
  ec2: Ec2,
  options: CallOptions = {},
): Promise<ReadonlyMap<string, string>> {
  const records = await allPages(
    (page) =>
      ec2.describeAddressesAttribute({ Attribute: 'domain-name', MaxResults: 1000, ...page }, options),
    (answer) => answer.Addresses,
  );
  return new Map(
    records.flatMap(({ AllocationId = '', PtrRecord = '' }) =>
      PtrRecord === '' ? [] : [[AllocationId, PtrRecord] as const],
    ),
  );
}

/** Compares names of the DNS, which may end in a dot and in which case says nothing. */
export function sameName(one: string | undefined, other: string): boolean {
  const plain = (name: string): string => name.toLowerCase().replace(/\.$/, '');
  return one !== undefined && plain(one) === plain(other);
}
