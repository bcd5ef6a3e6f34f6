import type { InventoryIndex } from '../model/inventoryIndex.ts';
import type { Eni } from '../model/network.ts';
import type { GuestFacts } from './facts.ts';
import type { ByHand } from './ifupdown/byHand.ts';
import { findAddress } from './ifupdown/find.ts';
import { readTree } from './ifupdown/tree.ts';
import { findLeftOvers, proposeGuestPatch, proposeGuestRemoval } from './proposal.ts';
import type { GuestProposal } from './proposal.ts';

/** What can be worked out for the guest's side of one ENI; pure, and throws the `guest.*` errors. */
export interface Proposer {
  /** Gives the guest all that the ENI has, and takes out what leaves. */
  patch(facts: GuestFacts, leaving: readonly string[]): GuestProposal;
  removal(facts: GuestFacts, addresses: readonly string[]): GuestProposal;
  /** What the guest holds by us and the ENI does not. */
  leftOvers(facts: GuestFacts): readonly string[];
  /** What somebody wrote into the guest's files with the subnet's mask, for which there is a better form. */
  byHand?(facts: GuestFacts): Promise<ByHand | undefined>;
}

/** The proposer of an ENI. A further one needs its own routing too, and all addresses: it may have no DHCP client. */
export async function proposerOf(index: InventoryIndex, eni: Eni, instanceId: string): Promise<Proposer> {
  const { attachment } = eni;
  const subnet = index.subnets.get(eni.subnetId)?.cidr;
  if ((attachment?.deviceIndex ?? 0) > 0 && subnet !== undefined) {
    const { proposerOfFurther } = await import('./further/proposer.ts');
    return proposerOfFurther(eni, subnet, instanceId);
  }
  return proposerOfPrimary(eni, instanceId);
}

/** The proposer of an instance's first ENI, whose primary address the guest has by itself. */
export function proposerOfPrimary({ mac, ...eni }: Eni, instanceId: string): Proposer {
  const addresses = eni.addresses.filter(({ primary }) => !primary).map(({ address }) => address);
  const wish = { mac, addresses, instanceId };
  return {
    patch: (facts, leaving) => proposeGuestPatch(facts, { ...wish, leaving }),
    removal: (facts, gone) => proposeGuestRemoval(facts, { ...wish, addresses: gone }),
    leftOvers: (facts) => findLeftOvers(facts, wish),
    byHand: async (facts) => {
      if (!isBroadIn(facts, addresses)) return undefined;
      const { findByHand } = await import('./ifupdown/byHand.ts');
      return findByHand(facts, wish);
    },
  };
}

/** Whether a file of ifupdown's holds one of them with more than itself in its mask. */
function isBroadIn({ files, interfaces }: GuestFacts, addresses: readonly string[]): boolean {
  if (!interfaces.some(({ manager }) => manager === 'ifupdown' || manager === 'ifupdown-ng')) return false;
  const tree = readTree(files);
  return addresses.some((address) => (findAddress(tree, address)?.prefixLength ?? 32) < 32);
}
