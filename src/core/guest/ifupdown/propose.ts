import { CoreError } from '../../base/errors.ts';
import type { Wanted } from '../backend.ts';
import type { GuestAddress, GuestFacts, GuestFile, GuestInterface } from '../facts.ts';
import type { FileEdits } from '../fileEdits.ts';
import { appendBlock } from './blocks.ts';
import { dropInPath } from './dropIn.ts';
import { findAddress } from './find.ts';
import type { ConfiguredAddress } from './find.ts';
import { freeLabels } from './labels.ts';
import { mainFile, mappingOf, readTree } from './tree.ts';
import type { Tree } from './tree.ts';

/** Adds what the files lack, and lists what is to be brought up now. Throws `guest.fileInvalid`. */
export function proposeForIfupdown(facts: GuestFacts, wanted: Wanted, edits: FileEdits): GuestAddress[] {
  const tree = readTree(facts.files, wanted.nic.manager);
  refuseFaults(tree, mainFile);
  const nextLabel = freeLabels(tree, wanted.nic);
  const target = dropInPath(tree, facts.directories) ?? realPath(facts.files, mainFile);
  refuseFaults(tree, target);
  return wanted.addresses.flatMap((address) => {
    const live = wanted.nic.addresses.find((candidate) => candidate.address === address);
    const found = findAddress(tree, address);
    if (found !== undefined) return withStart(found, wanted, edits, target, live !== undefined);
    // What DHCP leases needs no stanza, and would lose its lease to one.
    if (live?.dynamic === true) return [];
    const label = nextLabel();
    refuseMapped(tree, wanted.nic, label ?? wanted.nic.name);
    const entry = { address, prefixLength: 32, ...(label === undefined ? {} : { label }) };
    const hasAuto = tree.files.some(({ content }) => content.started.includes(label ?? wanted.nic.name));
    edits.change(target, (text) =>
      appendBlock(text, {
        ...entry,
        interface: wanted.nic.name,
        instanceId: wanted.instanceId,
        halves: hasAuto ? 'stanza' : 'both',
      }),
    );
    return live === undefined ? [entry] : [];
  });
}

/** The stanza is there: adds the `auto` line where that is missing, and brings the address up where it is not. */
function withStart(
  found: ConfiguredAddress,
  { nic, instanceId }: Wanted,
  edits: FileEdits,
  target: string,
  isLive: boolean,
): GuestAddress[] {
  const { address, prefixLength, stanza } = found;
  const isAlias = stanza.name.startsWith(`${nic.name}:`);
  const entry = { address, prefixLength, ...(isAlias ? { label: stanza.name } : {}) };
  if (!found.started && isAlias) {
    edits.change(target, (text) =>
      appendBlock(text, { ...entry, interface: nic.name, instanceId, halves: 'auto' }),
    );
  }
  return isLive ? [] : [entry];
}

function refuseFaults(tree: Tree, path: string): void {
  for (const { file, content } of tree.files) {
    if (content.fault === undefined || (file.path !== path && file.readAs !== path)) continue;
    const { line, text, reason } = content.fault;
    throw new CoreError('guest.fileInvalid', { path: file.path, line, text, reason });
  }
}

/** A mapping runs for an alias too, where its pattern takes that in; then the alias would be something else. */
function refuseMapped(tree: Tree, nic: GuestInterface, name: string): void {
  const mapping = nic.manager === 'ifupdown-ng' ? undefined : mappingOf(tree, name);
  if (mapping !== undefined) throw new CoreError('guest.mapped', { ...mapping, name, interface: nic.name });
}

function realPath(files: readonly GuestFile[], readAs: string): string {
  return files.find((file) => file.readAs === readAs)?.path ?? readAs;
}
