import { posix } from 'node:path';
import { CoreError } from '../../base/errors.ts';
import { shellQuote } from '../../base/quoting.ts';
import type { GuestBackend, Wanted } from '../backend.ts';
import type { ConfigureGuest } from '../configureGuest.ts';
import type { GuestAddress, GuestFacts, GuestFile, GuestInterface } from '../facts.ts';
import { ownFileName } from '../fileEdits.ts';
import type { FileEdits } from '../fileEdits.ts';
import { liveAmong, markedAddresses, plainAddress, textOf } from '../markers.ts';
import { proposeDropIn, removeFromDropIn } from '../networkd/backend.ts';
import { isInUnit, ownDropIn } from '../networkd/units.ts';
import { needPrograms } from '../programs.ts';
import { runTimeScript } from '../runTime.ts';
import { addToYaml, addressesInYaml, removeFromYaml } from './yaml.ts';

const ownYaml = `/etc/netplan/${ownFileName}.yaml`;

/**
 * netplan: a file of ours that netplan merges by id, where the id is the interface's name.
 *
 * An id that matches many interfaces, as Debian's `all-en` does, cannot be given one interface's address, and another
 * id would make a unit that sorts after and is ignored: then it is a drop-in to the unit that netplan has made.
 */
export const netplan: GuestBackend = {
  manager: 'netplan',
  readScript: `
for path in /lib/netplan/*.yaml /etc/netplan/*.yaml /run/netplan/*.yaml; do emit_file "$path"; done
`,
  propose: (facts, wanted, edits) =>
    isById(wanted.nic) && !hasPorts(facts, wanted.nic)
      ? proposeYaml(facts, wanted, edits)
      : proposeDropIn(facts, wanted, edits),
  proposeRemoval: (facts, wanted, edits) => [
    ...removeYaml(facts, wanted, edits),
    ...removeFromDropIn(facts, wanted, edits),
  ],
  listOwn: (facts, nic) => [
    ...addressesInYaml(textOf(ownFile(facts)), nic.name),
    ...markedAddresses(textOf(ownDropIn(facts, nic))),
  ],
  checkScript: (change) =>
    [
      needPrograms(change, 'networkctl'),
      ...change.files.flatMap(({ path }, index) => (isYaml(path) ? [checkYaml(change, index)] : [])),
    ].join('\n'),
  applyScript: runTimeScript,
  settleScript: () => ':',
  reloadScript: ({ files }) =>
    files.some(({ path }) => isYaml(path))
      ? // Not `netplan apply`: it has networkd configure the interface twice in a row, which can cost the lease for good.
        '{ netplan generate && networkctl reload; } >"$S/errors" 2>&1'
      : 'networkctl reload >"$S/errors" 2>&1',
};

function isById({ name, source = '' }: GuestInterface): boolean {
  return posix.basename(source) === `10-netplan-${name}.network`;
}

/** Whether it is a bridge or a bond, which netplan has elsewhere than under `ethernets:`. */
function hasPorts({ interfaces }: GuestFacts, { name }: GuestInterface): boolean {
  return interfaces.some(({ master }) => master === name);
}

function isYaml(path: string): boolean {
  return path.endsWith('.yaml');
}

function ownFile({ files }: GuestFacts): GuestFile | undefined {
  return files.find(({ readAs }) => readAs === ownYaml);
}

function proposeYaml(
  facts: GuestFacts,
  { nic, addresses, instanceId }: Wanted,
  edits: FileEdits,
): GuestAddress[] {
  const own = addressesInYaml(textOf(ownFile(facts)), nic.name);
  return addresses.flatMap((address) => {
    const held = nic.addresses.find((candidate) => candidate.address === address);
    if (held?.dynamic === true) return [];
    const isKnown = own.some((entry) => entry.address === address);
    if (!isKnown && !isInUnit(facts, nic.source ?? '', address)) {
      const path = ownFile(facts)?.path ?? ownYaml;
      const add = (text: string) => {
        const added = addToYaml(text, nic.name, address, instanceId);
        if (added !== undefined) return added;
        throw new CoreError('guest.ownFileForeign', { path });
      };
      edits.change(path, add, { mode: '600' });
    }
    return held === undefined ? [plainAddress(address)] : [];
  });
}

function removeYaml(facts: GuestFacts, { nic, addresses }: Wanted, edits: FileEdits): GuestAddress[] {
  const file = ownFile(facts);
  if (file === undefined) return [];
  const own = addressesInYaml(textOf(file), nic.name).map(({ address }) => address);
  const gone = addresses.filter((address) => own.includes(address));
  edits.change(file.path, (text) => removeFromYaml(text, nic.name, gone), { mode: '600' });
  return liveAmong(nic, gone);
}

/** Has netplan generate from a copy of all its files: one that it dislikes would leave the guest without any network. */
function checkYaml({ files, interface: nic, bringUp }: ConfigureGuest, index: number): string {
  const file = `"$F${index}"`;
  const path = files[index]?.path ?? '';
  const copy = `"$S/tree${path}"`;
  const put = files[index]?.after === null ? `rm -f ${copy}` : `cat "$C${index}" > ${copy}`;
  const unit = `"$S/tree/run/systemd/network/10-netplan-"${shellQuote(nic)}.network`;
  return [
    'rm -rf "$S/tree"; mkdir -p "$S/tree/etc" "$S/tree/lib" "$S/tree/run"',
    'for place in etc lib run; do [ ! -d /$place/netplan ] || cp -a /$place/netplan "$S/tree/$place/"; done',
    put,
    `netplan generate --root-dir "$S/tree" >"$S/complaints" 2>&1 || refuse candidateRefused ${file} "$(cat "$S/complaints")"`,
    ...bringUp.map(
      ({ address }) =>
        `grep -qsF ${shellQuote(`Address=${address}/`)} ${unit} || refuse candidateRefused ${file} ${shellQuote(address)}`,
    ),
    'rm -rf "$S/tree"',
  ].join('\n');
}
