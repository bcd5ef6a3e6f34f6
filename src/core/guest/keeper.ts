import { posix } from 'node:path';
import { isAgent } from './agents.ts';
import { isOfCloudInit } from './cloudInit.ts';
import type { GuestFacts, NetworkManager } from './facts.ts';
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
  const written = facts.files.filter(({ path }) => isOfCloudInit(posix.basename(path))).map(textOf);
  const isThere = (address: string) => written.some((text) => wordIn(address).test(text));
  return addresses.length > 0 && addresses.every(isThere) ? 'cloud-init' : undefined;
}

function wordIn(address: string): RegExp {
  return new RegExp(`(^|[^0-9.])${address.replaceAll('.', '\\.')}($|[^0-9.])`, 'm');
}
