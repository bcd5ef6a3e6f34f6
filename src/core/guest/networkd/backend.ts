import { CoreError } from '../../base/errors.ts';
import type { GuestBackend, Wanted } from '../backend.ts';
import type { GuestAddress, GuestFacts, GuestInterface } from '../facts.ts';
import type { FileEdits } from '../fileEdits.ts';
import { liveAmong, markedAddresses, plainAddress, textOf } from '../markers.ts';
import { needPrograms } from '../programs.ts';
import { runTimeScript } from '../runTime.ts';
import { appendAddress, removeAddresses } from './dropIn.ts';
import { dropInOf, isInUnit, ownDropIn } from './units.ts';

/** systemd-networkd: a drop-in to the unit that is in force, whoever wrote that unit. */
export const networkd: GuestBackend = {
  manager: 'networkd',
  readScript: `
for path in /etc/systemd/network/*.network /run/systemd/network/*.network /etc/systemd/network/*.network.d/*.conf /run/systemd/network/*.network.d/*.conf /usr/lib/systemd/network/*.network.d/*.conf; do
  emit_file "$path"
done
`,
  propose: proposeDropIn,
  proposeRemoval: removeFromDropIn,
  listOwn: (facts, nic) => markedAddresses(textOf(ownDropIn(facts, nic))),
  checkScript: (change) => needPrograms(change, 'networkctl'),
  applyScript: runTimeScript,
  settleScript: () => ':',
  reloadScript: () => 'networkctl reload >"$S/errors" 2>&1',
};

const creation = { ownDirectory: true } as const;

/** Adds to the drop-in what no file of the unit has, and lists what is not live. */
export function proposeDropIn(facts: GuestFacts, wanted: Wanted, edits: FileEdits): GuestAddress[] {
  const { source = '', addresses: live } = wanted.nic;
  return wanted.addresses.flatMap((address) => {
    const held = live.find((candidate) => candidate.address === address);
    // What DHCP leases needs no entry, and would lose its lease to one.
    if (held?.dynamic === true) return [];
    if (!isInUnit(facts, source, address)) {
      refuseShared(facts, wanted.nic);
      const path = ownDropIn(facts, wanted.nic)?.path ?? dropInOf(source);
      edits.change(path, (text) => appendAddress(text, address, wanted.instanceId), creation);
    }
    return held === undefined ? [plainAddress(address)] : [];
  });
}

/** A unit of several interfaces would give each of them the address; and netplan may have NetworkManager do the work. */
function refuseShared({ interfaces }: GuestFacts, { name, manager, source }: GuestInterface): void {
  const sharing = interfaces.filter((nic) => nic.source === source).map((nic) => nic.name);
  if (source?.endsWith('.network') === true && sharing.length > 1)
    throw new CoreError('guest.sharedUnit', { unit: source, interfaces: sharing });
  if (source?.endsWith('.network') !== true)
    throw new CoreError('guest.unsupportedManager', { interface: name, manager });
}

/** Takes addresses out of our drop-in, and lists those that are live. */
export function removeFromDropIn(facts: GuestFacts, wanted: Wanted, edits: FileEdits): GuestAddress[] {
  const file = ownDropIn(facts, wanted.nic);
  if (file === undefined) return [];
  const own = markedAddresses(textOf(file)).map(({ address }) => address);
  const gone = wanted.addresses.filter((address) => own.includes(address));
  edits.change(file.path, (text) => removeAddresses(text, gone), creation);
  return liveAmong(wanted.nic, gone);
}
