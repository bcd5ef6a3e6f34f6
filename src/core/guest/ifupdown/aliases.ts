import { shellQuote } from '../../base/quoting.ts';
import type { ConfigureGuest } from '../configureGuest.ts';
import type { GuestAddress } from '../facts.ts';
import { replaceScript, withoutReplaced } from '../replaced.ts';

type Labelled = GuestAddress & { readonly label: string };

/**
 * Shell that takes addresses down and brings others up, through ifupdown where they have a label.
 *
 * It reads a small interfaces file of its own with just these aliases: the real file does not hold them yet,
 * or no more. What ifupdown does not manage is done with `ip`; whether it worked is looked at elsewhere.
 */
export function aliasScript(change: ConfigureGuest): string {
  const { bringUp, takeDown } = withoutReplaced(change);
  const down = takeDown.filter(isLabelled);
  const up = bringUp.filter(isLabelled);
  return [
    `cat > "$S/aliases" <<'EOF'`,
    ...[...down, ...up].flatMap(stanza),
    'EOF',
    ...replaceScript(change),
    ...(down.length > 0 ? [takeDownScript(down)] : []),
    ...takeDown.map((entry) => `remove_address ${wordsOf(entry)}`),
    ...(up.length > 0 ? [`ifup --no-scripts -i "$S/aliases" ${labels(up)} >/dev/null 2>&1`] : []),
    ...bringUp.map((entry) => `add_address ${wordsOf(entry)}`),
  ].join('\n');
}

/** An old ifdown (Ubuntu 12.04) takes the whole interface down with an alias: then it is not used. */
function takeDownScript(down: readonly Labelled[]): string {
  return `case $(ifdown -n --no-scripts -i "$S/aliases" ${labels(down)} 2>/dev/null) in
  *'link set'*down* | *flush*) ;;
  *) ifdown --no-scripts -i "$S/aliases" ${labels(down)} >/dev/null 2>&1 ;;
esac`;
}

function stanza({ label, address, prefixLength }: Labelled): string[] {
  return [`iface ${label} inet static`, `    address ${address}`, `    netmask ${prefixLength}`];
}

function labels(entries: readonly Labelled[]): string {
  return entries.map(({ label }) => shellQuote(label)).join(' ');
}

function wordsOf({ address, prefixLength, label }: GuestAddress): string {
  return [`${address}/${prefixLength}`, ...(label === undefined ? [] : [label])].map(shellQuote).join(' ');
}

function isLabelled(entry: GuestAddress): entry is Labelled {
  return entry.label !== undefined;
}
