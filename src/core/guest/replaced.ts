import { shellQuote } from '../base/quoting.ts';
import type { ConfigureGuest } from './configureGuest.ts';
import type { GuestAddress } from './facts.ts';
import { restoreNetwork } from './transaction/before.ts';

/** An address that stays and gets another mask. */
export interface Replaced {
  readonly from: GuestAddress;
  readonly to: GuestAddress;
}

type Lists = Pick<ConfigureGuest, 'bringUp' | 'takeDown'>;

/** What a change takes down and brings up again with another mask. */
export function replacedBy({ bringUp, takeDown }: Lists): Replaced[] {
  return bringUp.flatMap((to) => {
    const from = takeDown.find(({ address }) => address === to.address);
    return from === undefined ? [] : [{ from, to }];
  });
}

/** The lists of a change without what stays. */
export function withoutReplaced(change: Lists): Lists {
  const stays = new Set(replacedBy(change).map(({ to }) => to.address));
  const only = (entries: readonly GuestAddress[]) => entries.filter(({ address }) => !stays.has(address));
  return { bringUp: only(change.bringUp), takeDown: only(change.takeDown) };
}

/** Shell that gives addresses their other mask, and has everything else of the interface as it was. */
export function replaceScript(change: Lists): string[] {
  const replaced = replacedBy(change).map(({ from, to }) =>
    ['replace_address', ...[withMask(to), withMask(from), to.label ?? ''].map(shellQuote)].join(' '),
  );
  // What hung on an address may have gone with it.
  return replaced.length === 0 ? [] : [...replaced, restoreNetwork];
}

/** The word by which `has_address` finds what a change brings up or takes down: with its mask where only that changes. */
export function heldWord(change: Lists, entry: GuestAddress): string {
  const stays = replacedBy(change).some(({ to }) => to.address === entry.address);
  return shellQuote(stays ? withMask(entry) : entry.address);
}

function withMask({ address, prefixLength }: GuestAddress): string {
  return `${address}/${prefixLength}`;
}
