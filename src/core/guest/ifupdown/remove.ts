import type { OwnAddress, Wanted } from '../backend.ts';
import type { GuestAddress, GuestFacts, GuestInterface } from '../facts.ts';
import type { FileEdits } from '../fileEdits.ts';
import { markedAddresses } from '../markers.ts';
import { removeBlocks } from './blocks.ts';
import { findAddress } from './find.ts';
import { readTree } from './tree.ts';

/** Takes our blocks out of every file, and lists what is live and has no other stanza to keep it. */
export function removeForIfupdown(facts: GuestFacts, wanted: Wanted, edits: FileEdits): GuestAddress[] {
  const { nic, addresses } = wanted;
  const own = ownAddresses(facts, nic).map(({ address }) => address);
  const gone = addresses.filter((address) => own.includes(address));
  const files = readTree(facts.files).files.map(({ file }) => {
    const text = removeBlocks(file.bytes.toString('latin1'), gone);
    edits.change(file.path, () => text);
    return { ...file, bytes: Buffer.from(text, 'latin1') };
  });
  const left = readTree(files);
  return nic.addresses
    .filter(({ address, dynamic }) => !dynamic && gone.includes(address))
    .filter(({ address }) => findAddress(left, address) === undefined)
    .map(({ address, prefixLength, label }) => ({
      address,
      prefixLength,
      ...(label === nic.name ? {} : { label }),
    }));
}

/** The addresses that our blocks hold for an interface, or bring up with it. */
export function ownAddresses(facts: GuestFacts, nic: GuestInterface): OwnAddress[] {
  const tree = readTree(facts.files);
  return tree.files
    .flatMap(({ file }) => markedAddresses(file.bytes.toString('latin1')))
    .filter(({ address }) => {
      const name = findAddress(tree, address)?.stanza.name;
      return name === undefined || name === nic.name || name.startsWith(`${nic.name}:`);
    });
}
