import { shellQuote } from '../base/quoting.ts';
import type { ConfigureGuest } from './configureGuest.ts';
import type { GuestAddress } from './facts.ts';
import { replaceScript, withoutReplaced } from './replaced.ts';

/** Shell that takes addresses down and brings others up with `ip`, for managers that only read their files later. */
export function runTimeScript(change: ConfigureGuest): string {
  const { bringUp, takeDown } = withoutReplaced(change);
  return [
    ...replaceScript(change),
    ...takeDown.map((entry) => `remove_address ${wordsOf(entry)}`),
    ...bringUp.map((entry) => `add_address ${wordsOf(entry)}`),
    ':',
  ].join('\n');
}

function wordsOf({ address, prefixLength, label }: GuestAddress): string {
  return [`${address}/${prefixLength}`, ...(label === undefined ? [] : [label])].map(shellQuote).join(' ');
}
