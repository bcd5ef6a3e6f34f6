import { shellQuote } from '../../base/quoting.ts';
import type { ConfigureGuest } from '../configureGuest.ts';

/**
 * Shell that gives a further interface its routing table at run time, and its addresses the rule for it, or takes
 * both away: the table goes with the last of its addresses. Nothing for the primary interface, which needs none.
 */
export function routingScript({ routing, manager }: ConfigureGuest): string {
  if (routing === undefined) return ':';
  const { network, gateway, table, add, drop } = routing;
  // Else NetworkManager adds its own beside it, which to the kernel is another rule.
  const origin = manager === 'NetworkManager' ? ' protocol static' : '';
  const remove = drop.map(
    (address) => `ip -4 rule del from ${shellQuote(address)} lookup ${table} 2>"$S/errors"`,
  );
  const flush = `ip -4 rule show | grep -q "lookup ${table}\\b" || ip -4 route flush table ${table} 2>/dev/null`;
  const routes = [
    'ip link set dev "$IF" up',
    `ip -4 route replace ${shellQuote(network)} dev "$IF" table ${table}`,
    `ip -4 route replace default via ${shellQuote(gateway)} dev "$IF" onlink table ${table}`,
  ];
  const rules = add.map((address) => {
    const word = shellQuote(address);
    return `has_rule ${word} || ip -4 rule add from ${word} lookup ${table} priority ${table}${origin} 2>"$S/errors"`;
  });
  return [
    hasRule(table),
    ...(drop.length === 0 ? [] : [...remove, flush]),
    ...(add.length === 0 ? [] : [...routes, ...rules]),
    ':',
  ].join('\n');
}

/** has_rule ADDRESS: whether the kernel asks the table for what an address sends. */
export function hasRule(table: number): string {
  return `has_rule() { ip -4 rule show | grep -qE "from $1 lookup ${table}( |\\$)"; }`;
}
