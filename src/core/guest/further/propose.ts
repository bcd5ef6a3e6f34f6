import { posix } from 'node:path';
import { CoreError } from '../../base/errors.ts';
import { parseAddress } from '../../model/addresses.ts';
import { isAgent, leaveToAgent } from '../agents.ts';
import type { OwnAddress } from '../backend.ts';
import type { GuestFacts, GuestInterface, NetworkManager, Routing } from '../facts.ts';
import { FileEdits } from '../fileEdits.ts';
import { liveAmong, plainAddress, textOf } from '../markers.ts';
import { findInterface, isEmptyProposal, mendHosts } from '../proposal.ts';
import type { GuestProposal, GuestWish } from '../proposal.ts';
import { entriesIn } from './form.ts';
import type { Entry, Form } from './form.ts';
import { forms, unit, yaml } from './forms.ts';

/** What a further ENI is to have: all of its addresses, the primary one too, which may have no DHCP client. */
export interface FurtherWish extends GuestWish {
  readonly routing: Routing;
}

/**
 * Works out the smallest change that gives a further ENI its addresses and has answers leave by it.
 *
 * Pure. Throws `guest.noInterface`, `guest.unsupportedManager`, `guest.agentConfigures` or `guest.noDirectory`.
 */
export function proposeFurther(facts: GuestFacts, wish: FurtherWish): GuestProposal {
  for (const address of wish.addresses) parseAddress(address);
  const nic = findInterface(facts, wish.mac);
  if (isAgent(nic.manager)) {
    leaveToAgent(nic, wish.addresses);
    return empty(nic);
  }
  const { leaving = [] } = wish;
  const held = ownEntries(facts, nic);
  const own = held.filter(({ address }) => !leaving.includes(address));
  const wanted = [...new Set(wish.addresses)].filter(
    (address) =>
      held.some((entry) => entry.address === address) || !isRoutedByOthers(facts, nic, address, wish.routing),
  );
  const known = new Set(own.map(({ address }) => address));
  const added = wanted.filter((address) => !known.has(address));
  const entries = [...own, ...added.map((address) => ({ address, instanceId: wish.instanceId }))];
  return change(facts, wish, nic, { entries, wanted, leaving });
}

/** Works out how addresses of a further ENI leave the guest; with the last of them its routing goes. Pure. */
export function proposeFurtherRemoval(facts: GuestFacts, wish: FurtherWish): GuestProposal {
  const nic = findInterface(facts, wish.mac);
  if (isAgent(nic.manager)) return empty(nic);
  const entries = ownEntries(facts, nic).filter(({ address }) => !wish.addresses.includes(address));
  return change(facts, { ...wish, hosts: false }, nic, { entries, wanted: [], leaving: wish.addresses });
}

/** The addresses that our file gives to a further ENI which EC2 does not know it by. Pure. */
export function furtherLeftOvers(facts: GuestFacts, wish: GuestWish): string[] {
  const nic = findInterface(facts, wish.mac);
  if (isAgent(nic.manager)) return [];
  const own = ownEntries(facts, nic).map(({ address }) => address);
  return own.filter((address) => !wish.addresses.includes(address));
}

interface Lists {
  readonly entries: readonly OwnAddress[];
  readonly wanted: readonly string[];
  readonly leaving: readonly string[];
}

function change(
  facts: GuestFacts,
  { routing, hosts = true }: FurtherWish & { readonly hosts?: boolean },
  nic: GuestInterface,
  { entries, wanted, leaving }: Lists,
): GuestProposal {
  const manager = ownerOf(facts, nic);
  // A bridge or a bond has no file of one interface alone.
  if (facts.interfaces.some(({ master }) => master === nic.name))
    throw new CoreError('guest.isBridge', { interface: nic.name });
  const form = formOf(manager, nic);
  const path = form.path(facts, nic);
  const edits = new FileEdits(facts.files);
  const before = ownEntries(facts, nic).map(({ address }) => address);
  const isHeldElsewhere = holdsElsewhere(facts, nic, form, before);
  const content = {
    ...{ nic, routing },
    entries: entries.map((entry): Entry => ({ ...entry, ruleOnly: isHeldElsewhere(entry.address) })),
  };
  const text = entries.length === 0 ? '' : form.render(content, facts);
  edits.change(path, () => text, form.creation);
  if (hosts) mendHosts(facts, edits);
  const gone = before.filter((address) => leaving.includes(address));
  const hasRule = (address: string) => facts.rules.includes(`from ${address} lookup ${routing.table}`);
  const add = wanted.filter((address) => !hasRule(address));
  const drop = gone.filter(hasRule);
  const proposal = {
    ...{ interface: nic.name, manager },
    bringUp: wanted.filter((address) => !isLive(nic, address)).map(plainAddress),
    takeDown: liveAmong(nic, gone).filter(({ address }) => !isHeldElsewhere(address)),
    files: edits.changes(),
    ...(add.length + drop.length === 0 ? {} : { routing: { ...routing, add, drop } }),
  };
  return isEmptyProposal(proposal) ? empty(nic) : proposal;
}

/** Whether an address comes from elsewhere, such as DHCP, and would go on coming beside our file. */
function holdsElsewhere(
  { files }: GuestFacts,
  nic: GuestInterface,
  form: Form,
  before: readonly string[],
): (address: string) => boolean {
  if (form.takesOver) return () => false;
  const texts = ownFiles({ files }, nic).map(textOf);
  return (address) => {
    if (!before.includes(address)) return isLive(nic, address);
    return !texts.some((text) => text.includes(`${address}/32`));
  };
}

/** Whether somebody else has given an address its rule, to a table that is not ours: then it is left alone. */
function isRoutedByOthers(
  { rules }: GuestFacts,
  nic: GuestInterface,
  address: string,
  { table }: Routing,
): boolean {
  const rule = `from ${address} lookup `;
  return isLive(nic, address) && rules.includes(rule) && !rules.includes(`${rule}${table}`);
}

function isLive({ addresses }: GuestInterface, address: string): boolean {
  return addresses.some((live) => live.address === address);
}

function ownFiles({ files }: Pick<GuestFacts, 'files'>, { name }: GuestInterface) {
  return files.filter(({ path }) => {
    const [, rest = ''] = /^\d+-ec2-multi-ip-(.*)$/.exec(posix.basename(path)) ?? [];
    return rest === name || rest.startsWith(`${name}.`);
  });
}

function ownEntries(facts: GuestFacts, nic: GuestInterface): OwnAddress[] {
  return ownFiles(facts, nic).flatMap((file) => entriesIn(textOf(file)));
}

/** An interface that was plugged in and that nothing has taken up yet is given to the manager of the others. */
function ownerOf({ interfaces }: GuestFacts, nic: GuestInterface): NetworkManager {
  if (nic.manager !== 'unknown') return nic.manager;
  return interfaces.find(({ manager }) => manager !== 'unknown')?.manager ?? 'unknown';
}

function formOf(manager: NetworkManager, nic: GuestInterface): Form {
  const form = manager === 'netplan' ? formOfNetplan(nic) : forms[manager];
  if (form === undefined) throw new CoreError('guest.unsupportedManager', { interface: nic.name, manager });
  return form;
}

/** A unit that netplan made for several interfaces comes before one that it would make for this one alone. */
function formOfNetplan({ name, source }: GuestInterface): Form | undefined {
  if (source === undefined || posix.basename(source) === `10-netplan-${name}.network`) return yaml;
  return source.endsWith('.network') ? unit : undefined;
}

function empty({ name, manager }: GuestInterface): GuestProposal {
  return { interface: name, manager, bringUp: [], takeDown: [], files: [] };
}
