import type { FirewallChain, Packet } from './rules.ts';

/** What may become of a packet, and the rule that does it. */
export type Ending =
  { readonly kind: 'accept' | 'return' } | { readonly kind: 'drop'; readonly shown: string };

const DEEPEST = 16;

/** Every way in which a packet may leave a chain: several where a rule asks what we cannot tell. */
export function endings(
  chain: FirewallChain,
  chains: ReadonlyMap<string, FirewallChain>,
  packet: Packet,
  depth = 0,
): readonly Ending[] {
  const found: Ending[] = [];
  for (const rule of chain.rules) {
    const matches = rule.matches(packet);
    if (matches === false) continue;
    const { verdict } = rule;
    let ends: readonly Ending[] = [];
    let passes = matches === undefined;
    if (verdict.kind === 'continue') passes = true;
    else if (verdict.kind === 'drop') ends = [{ kind: 'drop', shown: rule.shown }];
    else if (verdict.kind === 'jump' || verdict.kind === 'goto') {
      const target = chains.get(verdict.chain);
      const inner = target === undefined || depth > DEEPEST ? [] : endings(target, chains, packet, depth + 1);
      ends = inner.filter(({ kind }) => kind !== 'return' || verdict.kind === 'goto');
      passes ||= ends.length < inner.length || inner.length === 0;
    } else ends = [{ kind: verdict.kind }];
    found.push(...ends);
    if (!passes) return found;
  }
  if (chain.policy === 'drop') return [...found, { kind: 'drop', shown: `${chain.name}: policy drop` }];
  return [...found, { kind: 'return' }];
}
