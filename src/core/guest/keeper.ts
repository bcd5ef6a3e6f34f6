import { posix } from 'node:path';
import { isAgent } from './agents.ts';
import type { GuestFacts, GuestFile, NetworkManager } from './facts.ts';
import { textOf } from './markers.ts';
import { findInterface } from './proposal.ts';
import type { GuestWish } from './proposal.ts';

/** Who else gives a guest its secondary addresses, next to which nothing is written; `undefined` where nobody does. */
export function keeperOf(
  facts: GuestFacts,
  { mac, addresses }: Pick<GuestWish, 'mac' | 'addresses'>,
): NetworkManager | 'cloud-init' | undefined {
  const { manager } = findInterface(facts, mac);
  if (isAgent(manager)) return manager;
  const written = facts.files.filter(isOfCloudInit).map(textOf);
  const isThere = (address: string) => written.some((text) => wordIn(address).test(text));
  return addresses.length > 0 && addresses.every(isThere) ? 'cloud-init' : undefined;
}

/** Such as 50-cloud-init, 50-cloud-init.yaml, 10-cloud-init-eth0.network or cloud-init-eth0.nmconnection. */
function isOfCloudInit({ path }: GuestFile): boolean {
  return /(^|-)cloud-init\b/.test(posix.basename(path));
}

function wordIn(address: string): RegExp {
  return new RegExp(`(^|[^0-9.])${address.replaceAll('.', '\\.')}($|[^0-9.])`, 'm');
}
