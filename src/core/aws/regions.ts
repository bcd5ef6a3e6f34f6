import type { CallOptions, Ec2 } from './ec2.ts';

/** A Region of AWS, and whether the account may use it. */
export interface AccountRegion {
  readonly id: string;
  /** Off until somebody enables it for the account. */
  readonly optedIn: boolean;
}

/** Asks for all Regions of the account's partition, those too that it has not enabled. */
export async function readRegions(ec2: Ec2, options: CallOptions = {}): Promise<readonly AccountRegion[]> {
  const { Regions = [] } = await ec2.describeRegions({ AllRegions: true }, options);
  return Regions.map(({ RegionName = '', OptInStatus }) => ({
    id: RegionName,
    optedIn: OptInStatus !== 'not-opted-in',
  })).sort((a, b) => a.id.localeCompare(b.id));
}
