import type { PairFacts } from '../facts.ts';
import { finding } from '../finding.ts';
import type { Finding } from '../finding.ts';

/** AWS blocks port 25 to the outside until it is asked to lift that: other connections leave, mail does not. */
export function port25({ mail, proof, address }: PairFacts): readonly Finding[] {
  if (mail !== 'timeout' || proof?.outbound.state !== 'passed') return [];
  const seen = [
    { source: `${address.address} → :25`, shown: 'timeout' },
    { source: 'outbound', shown: JSON.stringify(proof.outbound.evidence) },
  ];
  return [finding('port25Blocked', { address: address.address }, seen)];
}
