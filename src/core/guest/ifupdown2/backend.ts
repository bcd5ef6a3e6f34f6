import type { GuestBackend, Wanted } from '../backend.ts';
import type { GuestAddress, GuestFacts, GuestFile } from '../facts.ts';
import { ownFileName } from '../fileEdits.ts';
import type { FileEdits } from '../fileEdits.ts';
import { findAddress } from '../ifupdown/find.ts';
import { freeLabels } from '../ifupdown/labels.ts';
import { readTree } from '../ifupdown/tree.ts';
import { liveAmong, textOf } from '../markers.ts';
import { needPrograms } from '../programs.ts';
import { runTimeScript } from '../runTime.ts';
import { addressesInHook, addToHook, labelInHook, removeFromHook } from './hook.ts';

const hook = `/etc/network/if-up.d/${ownFileName}`;

/**
 * ifupdown2: a hook that runs whenever an interface comes up, and the files of ifupdown only for reading.
 *
 * It takes the stanza of an alias for one more of the interface itself: then `ifreload -a`, and the next boot,
 * cost the guest its leased primary address. A hook changes nothing of what it knows, and nothing is reloaded.
 */
export const ifupdown2: GuestBackend = {
  manager: 'ifupdown2',
  readScript: `
for path in ${hook}*; do emit_file "$path"; done
`,
  propose: proposeHook,
  proposeRemoval: removeHook,
  listOwn: (facts, nic) => addressesInHook(textOf(fileOf(facts)), nic.name),
  checkScript: (change) =>
    [
      needPrograms(change, 'ifquery', 'ifup'),
      ...change.files.flatMap(({ path, after }, index) =>
        path === hook && after !== null ? [checkHook(index)] : [],
      ),
    ].join('\n'),
  applyScript: runTimeScript,
  settleScript: ({ files }) =>
    files.some(({ path, after }) => path === hook && after !== null)
      ? `${hook} >"$S/errors" 2>&1 || refuse candidateRefused ${hook} "$(cat "$S/errors")"`
      : ':',
  reloadScript: () => '',
};

function proposeHook(facts: GuestFacts, wanted: Wanted, edits: FileEdits): GuestAddress[] {
  const { nic, addresses, instanceId } = wanted;
  const text = textOf(fileOf(facts));
  const own = addressesInHook(text, nic.name).map(({ address }) => address);
  const tree = readTree(facts.files);
  const nextLabel = freeLabels(tree, nic, labelsIn(text));
  return addresses.flatMap((address) => {
    const live = nic.addresses.find((candidate) => candidate.address === address);
    if (live?.dynamic === true) return [];
    const isOurs = own.includes(address);
    const found = isOurs ? undefined : findAddress(tree, address);
    const label = isOurs ? labelInHook(text, nic.name, address) : nextLabel();
    const entry = {
      address,
      prefixLength: found?.prefixLength ?? 32,
      ...(label === undefined ? {} : { label }),
    };
    if (!isOurs && found === undefined) {
      const path = fileOf(facts)?.path ?? hook;
      edits.change(path, (before) => addToHook(before, nic.name, entry, instanceId), { mode: '755' });
    }
    return live === undefined ? [entry] : [];
  });
}

function removeHook(facts: GuestFacts, { nic, addresses }: Wanted, edits: FileEdits): GuestAddress[] {
  const own = addressesInHook(textOf(fileOf(facts)), nic.name).map(({ address }) => address);
  const gone = addresses.filter((address) => own.includes(address));
  const file = fileOf(facts);
  if (file !== undefined) edits.change(file.path, (text) => removeFromHook(text, gone), { mode: '755' });
  return liveAmong(nic, gone);
}

/** That it can be run, and that ifupdown2 runs hooks at all. */
function checkHook(index: number): string {
  const file = `"$F${index}"`;
  return `problem=$(sh -n "$C${index}" 2>&1) || refuse candidateRefused ${file} "$problem"
grep -q '^addon_scripts_support=0' /etc/network/ifupdown2/ifupdown2.conf 2>/dev/null && refuse candidateRefused ${file} 'addon_scripts_support=0'`;
}

function labelsIn(text: string): string[] {
  return [...text.matchAll(/ label (\S+)$/gm)].flatMap(([, label]) => label ?? []);
}

function fileOf({ files }: GuestFacts): GuestFile | undefined {
  return files.find(({ readAs }) => readAs === hook);
}
