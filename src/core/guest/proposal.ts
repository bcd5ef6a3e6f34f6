import { CoreError } from '../base/errors.ts';
import { parseAddress } from '../model/addresses.ts';
import type { FileChange } from '../plan/changes.ts';
import { isAgent, leaveToAgent } from './agents.ts';
import { backendOf } from './backends.ts';
import type { GuestAddress, GuestFacts, GuestInterface, GuestRouting, NetworkManager } from './facts.ts';
import { FileEdits } from './fileEdits.ts';
import { withHostname } from './hosts.ts';
import { interfaceOf } from './links.ts';

/** Which interface is to have which secondary addresses. */
export interface GuestWish {
  /** The ENI's MAC address, by which the guest knows it. */
  readonly mac: string;
  /** Private addresses that EC2 has assigned to it; those that the guest has are left alone. */
  readonly addresses: readonly string[];
  /** Named in a comment, so that a clone's left-overs can be told apart. */
  readonly instanceId: string;
  /** Addresses of ours that are to leave the guest with the same change. */
  readonly leaving?: readonly string[];
}

/** What is to be done on a guest; with nothing to do all lists are empty. */
export interface GuestProposal {
  readonly interface: string;
  readonly manager: NetworkManager;
  readonly bringUp: readonly GuestAddress[];
  readonly takeDown: readonly GuestAddress[];
  readonly files: readonly FileChange[];
  /** Only of a further interface. */
  readonly routing?: GuestRouting | undefined;
}

/**
 * Works out the smallest change that gives the guest these addresses, now and after a reboot.
 *
 * Pure. Throws `guest.noInterface`, `guest.unsupportedManager`, `guest.fileInvalid` or `address.invalid`.
 */
export function proposeGuestPatch(facts: GuestFacts, wish: GuestWish): GuestProposal {
  for (const address of wish.addresses) parseAddress(address);
  const nic = findInterface(facts, wish.mac);
  const edits = new FileEdits(facts.files);
  const { instanceId, leaving = [] } = wish;
  const addresses = [...new Set(wish.addresses)];
  const takeDown = leaving.length === 0 ? [] : proposeLeaving(facts, wish, leaving, edits);
  const bringUp = isAgent(nic.manager)
    ? leaveToAgent(nic, addresses)
    : backendOf(nic).propose(facts, { nic, addresses, instanceId }, edits);
  mendHosts(facts, edits);
  return { interface: nic.name, manager: nic.manager, bringUp, takeDown, files: edits.changes() };
}

/**
 * Works out how these addresses leave the guest: what is ours of them in the files, and what of that is live.
 *
 * Pure. Throws as `proposeGuestPatch` does. What others wrote is left alone, as is what an agent holds.
 */
export function proposeGuestRemoval(facts: GuestFacts, wish: GuestWish): GuestProposal {
  const nic = findInterface(facts, wish.mac);
  const edits = new FileEdits(facts.files);
  const takeDown = proposeLeaving(facts, wish, wish.addresses, edits);
  return { interface: nic.name, manager: nic.manager, bringUp: [], takeDown, files: edits.changes() };
}

function proposeLeaving(
  facts: GuestFacts,
  { mac, instanceId }: GuestWish,
  addresses: readonly string[],
  edits: FileEdits,
): GuestAddress[] {
  const nic = findInterface(facts, mac);
  return isAgent(nic.manager)
    ? []
    : backendOf(nic).proposeRemoval(facts, { nic, addresses, instanceId }, edits);
}

/**
 * The addresses that we wrote and that the ENI does not have: a cloned image brought them from another instance, or
 * they were taken from the ENI since.
 */
export function findLeftOvers(facts: GuestFacts, wish: GuestWish): string[] {
  const nic = findInterface(facts, wish.mac);
  if (isAgent(nic.manager)) return [];
  return backendOf(nic)
    .listOwn(facts, nic)
    .filter(({ address }) => !wish.addresses.includes(address))
    .map(({ address }) => address);
}

/** Whether a proposal would change anything. */
export function isEmptyProposal({ bringUp, takeDown, files, routing }: GuestProposal): boolean {
  return bringUp.length === 0 && takeDown.length === 0 && files.length === 0 && routing === undefined;
}

/** The interface of a MAC address; throws `guest.noInterface`. */
export function findInterface(facts: GuestFacts, mac: string): GuestInterface {
  const nic = interfaceOf(facts.interfaces, mac);
  if (nic === undefined) throw new CoreError('guest.noInterface', { mac });
  return nic;
}

/** Where the hostname does not resolve every sudo waits. */
export function mendHosts(facts: GuestFacts, edits: FileEdits): void {
  if (!facts.hostnameResolves) edits.change(hostsPath(facts), (text) => withHostname(text, facts.hostname));
}

function hostsPath(facts: GuestFacts): string {
  return facts.files.find(({ readAs }) => readAs === '/etc/hosts')?.path ?? '/etc/hosts';
}
