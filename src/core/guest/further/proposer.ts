import type { Eni } from '../../model/network.ts';
import type { Proposer } from '../proposer.ts';
import { furtherLeftOvers, proposeFurther, proposeFurtherRemoval } from './propose.ts';
import { routingOf } from './routing.ts';

/** The proposer of a further ENI, whose subnet has this range. */
export function proposerOfFurther(eni: Eni, subnet: string, instanceId: string): Proposer {
  const routing = routingOf(subnet, eni.attachment?.deviceIndex ?? 0);
  const addresses = eni.addresses.map(({ address }) => address);
  const wish = { mac: eni.mac, addresses, instanceId, routing };
  return {
    patch: (facts, leaving) => proposeFurther(facts, { ...wish, leaving }),
    removal: (facts, gone) => proposeFurtherRemoval(facts, { ...wish, addresses: gone }),
    leftOvers: (facts) => furtherLeftOvers(facts, wish),
  };
}
