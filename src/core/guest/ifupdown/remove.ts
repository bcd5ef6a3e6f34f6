import type { OwnAddress, Wanted } from '../backend.ts';
import type { GuestAddress, GuestFacts, GuestInterface } from '../facts.ts';
import type { FileEdits } from '../fileEdits.ts';
import { liveAmong, markedAddresses } from '../markers.ts';
import { removeBlocks } from './blocks.ts';
import { findAddress } from './find.ts';
import { readTree } from './tree.ts';

/** Takes our blocks out of every file, and lists what is live and has no other stanza to keep it. */
export function removeForIfupdown(facts: GuestFacts, wanted: Wanted, edits: FileEdits): GuestAddress[] {
  const { nic, addresses } = wanted;
  const own = ownAddresses(facts, nic).map(({ address }) => address);
  const gone = addresses.filter((address) => own.includes(address));
  const files = readTree(facts.files, nic.manager).files.map(({ file }) => {
    const text = removeBlocks(file.bytes.toString('latin1'), gone);
    edits.change(file.path, () => text);
    return { ...file, bytes: Buffer.from(text, 'latin1') };
  });
  const left = readTree(files, nic.manager);
  return liveAmong(nic, gone).filter(({ address }) => findAddress(left, address) === undefined);
}

/** The addresses that our blocks hold for an interface, or bring up with it. */
export function ownAddresses(facts: GuestFacts, nic: GuestInterface): OwnAddress[] {
  const tree = readTree(facts.files, nic.manager);
  return tree.files
    .flatMap(({ file }) => markedAddresses(file.bytes.toString('latin1')))
    .filter(({ address }) => {
      const name = findAddress(tree, address)?.stanza.name;
      return name === undefined || name === nic.name || name.startsWith(`${nic.name}:`);
    });
}
