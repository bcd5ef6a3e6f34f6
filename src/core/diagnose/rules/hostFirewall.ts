import type { PairFacts } from '../facts.ts';
import { finding } from '../finding.ts';
import type { Finding } from '../finding.ts';
import { judgeFirewall } from '../firewall/firewall.ts';
import { nicOf } from './addressInOs.ts';

/** The guest's own firewall: what its rules do with a connection from the vantage. */
export function hostFirewall(facts: PairFacts): readonly Finding[] {
  const { guest, address, vantage } = facts;
  const nic = nicOf(facts);
  if (guest === undefined || nic === undefined) return [];
  return facts.ports.flatMap((port) => {
    const packet = { from: vantage.address, to: address.address, port, nic: nic.name };
    const judgement = judgeFirewall(guest.firewall, packet);
    const data = { address: address.address, port };
    if (judgement.verdict === 'drop') return [finding('hostFirewall', data, [judgement.seen])];
    // Rules that we cannot read are at fault where a connection arrived and nothing answered it.
    const silent = timedOut(facts, port) && facts.arrived?.has(port) === true;
    const inOs = nic.addresses.some((one) => one.address === address.address);
    const back = guest.waysBack.get(address.address)?.leavesBy === nic.name;
    return judgement.verdict === 'unknown' && silent && inOs && back
      ? [finding('hostFirewall', data, [judgement.seen])]
      : [];
  });
}

/** Whether the proof of this port ended without an answer. */
export function timedOut({ proof }: PairFacts, port: number): boolean {
  const verdict = proof?.ports?.find((one) => one.port === port)?.verdict;
  return verdict?.state === 'failed' && verdict.reason.code === 'timeout';
}
