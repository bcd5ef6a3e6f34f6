import { isExpected } from '../base/errors.ts';
import type { Eni, PrivateAddress } from '../model/network.ts';
import type { GuestFacts } from './facts.ts';
import { proposeGuestPatch } from './proposal.ts';

/** Whether the files bring the address at the next boot; `undefined` where nobody can tell. */
export function isOnDisk(facts: GuestFacts, eni: Eni, { address }: PrivateAddress): boolean | undefined {
  try {
    const wish = { mac: eni.mac, addresses: [address], instanceId: eni.attachment?.instanceId ?? '' };
    // The proposal also mends /etc/hosts, which is not asked here.
    return proposeGuestPatch({ ...facts, hostnameResolves: true }, wish).files.length === 0;
  } catch (error) {
    if (isExpected(error)) return undefined;
    throw error;
  }
}
