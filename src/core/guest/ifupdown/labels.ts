import type { GuestInterface } from '../facts.ts';
import type { Tree } from './tree.ts';

/** The kernel's names, labels included, hold 15 characters at most. */
const longestLabel = 15;

/** Gives the labels `eth0:1`, `eth0:2`, … that neither a file nor the running system holds, one a call. */
export function freeLabels(
  tree: Tree,
  nic: GuestInterface,
  others: readonly string[] = [],
): () => string | undefined {
  const taken = new Set([
    ...others,
    ...tree.files.flatMap(({ content }) => content.stanzas.map(({ name }) => name)),
    ...nic.addresses.map(({ label }) => label),
  ]);
  let number = 0;
  return () => {
    do number += 1;
    while (taken.has(`${nic.name}:${number}`));
    const label = `${nic.name}:${number}`;
    return label.length <= longestLabel ? label : undefined;
  };
}
