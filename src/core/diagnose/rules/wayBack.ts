import type { PairFacts } from '../facts.ts';
import { finding } from '../finding.ts';
import type { Finding } from '../finding.ts';
import { nicOf } from './addressInOs.ts';

const STRICT = 1;
const COUNTER = 'TcpExt.IPReversePathFilter';

/** The way back: an answer has to leave by the interface that the connection came in by. */
export function wayBack(facts: PairFacts): readonly Finding[] {
  const { guest, address } = facts;
  const nic = nicOf(facts);
  const way = guest?.waysBack.get(address.address);
  if (guest === undefined || nic === undefined || way === undefined || way.leavesBy === nic.name) return [];
  const strictness = guest.rpFilter.get(nic.name) ?? 0;
  const rose = (facts.after?.get(COUNTER) ?? 0) - (guest.counters.get(COUNTER) ?? 0);
  const seen = [
    { source: 'ip route get', shown: way.shown },
    { source: 'ip rule', shown: guest.rules.trim().split('\n').join(', ') },
    { source: `rp_filter ${nic.name}`, shown: String(strictness) },
    ...(rose > 0 ? [{ source: COUNTER, shown: `+${rose}` }] : []),
  ];
  // Answers that a mark sends the right way get there, but the kernel's own check knows nothing of the mark.
  if (way.marked.includes(nic.name)) {
    return strictness === STRICT
      ? [finding('rpFilter', { address: address.address, nic: nic.name }, seen)]
      : [];
  }
  const data = { address: address.address, nic: nic.name, leavesBy: way.leavesBy };
  return [finding('sourceRuleMissing', data, seen)];
}
