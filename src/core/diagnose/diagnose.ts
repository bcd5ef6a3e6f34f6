import type { PairFacts } from './facts.ts';
import type { Finding, FindingCode } from './finding.ts';
import { addressInOs } from './rules/addressInOs.ts';
import { association } from './rules/association.ts';
import { gateway } from './rules/gateway.ts';
import { hostFirewall } from './rules/hostFirewall.ts';
import { instance } from './rules/instance.ts';
import { listening } from './rules/listening.ts';
import { mailNames } from './rules/mailNames.ts';
import { networkAcl } from './rules/networkAcl.ts';
import { port25 } from './rules/port25.ts';
import { route } from './rules/route.ts';
import { securityGroup } from './rules/securityGroup.ts';
import { vantageBlocked } from './rules/vantageBlocked.ts';
import { vantageOffline } from './rules/vantageOffline.ts';
import { wayBack } from './rules/wayBack.ts';

/** Looks at one layer; gives what is at fault there. Pure. */
export type Rule = (facts: PairFacts) => readonly Finding[];

/** Every layer that is judged by what is there, from the outside in; none needs another's judgement. */
const rules: readonly Rule[] = [
  vantageOffline,
  gateway,
  association,
  route,
  networkAcl,
  securityGroup,
  instance,
  addressInOs,
  wayBack,
  hostFirewall,
  listening,
  port25,
  mailNames,
];

/** What keeps a connection from arriving at all, whatever the vantage does. */
const stopsBefore = new Set<FindingCode>([
  'vantageOffline',
  'gatewayMissing',
  'gatewayDetached',
  'notAssociated',
  'associatedElsewhere',
  'routeMissing',
  'routeBlackhole',
  'routeElsewhere',
  'eniNotAttached',
  'instanceNotRunning',
]);

/** Names every layer at fault for one pair, and none that is not; a pair that works has none. Pure. */
export function diagnose(facts: PairFacts): readonly Finding[] {
  const found = rules.flatMap((rule) => rule(facts));
  // Only where nothing else keeps it from arriving does a missing arrival speak of the vantage.
  return found.some(({ code }) => stopsBefore.has(code))
    ? found
    : [...found, ...vantageBlocked(facts, found)];
}
