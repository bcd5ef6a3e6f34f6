import { parseCidr } from '../../model/addresses.ts';
import type { Route } from '../../model/network.ts';
import { holds } from '../cloud/match.ts';
import type { PairFacts } from '../facts.ts';
import { finding } from '../finding.ts';
import type { Finding } from '../finding.ts';
import { attachedGateway } from './gateway.ts';

const ANYWHERE = '0.0.0.0/0';

/** The route of the subnet back to where connections come from, or to anywhere where that is unknown. */
export function route(facts: PairFacts): readonly Finding[] {
  const { cloud, eni, vantage } = facts;
  const table = cloud.index.routeTableOfSubnet(eni.subnetId);
  if (table === undefined) return [];
  const { id: routeTableId, vpcId } = table;
  const shown = table.routes.map(describe).join(', ');
  const seen = [{ source: `DescribeRouteTables ${routeTableId}`, shown: shown === '' ? '–' : shown }];
  const chosen = routeTo(table.routes, vantage.address);
  const attached = attachedGateway(facts);
  // Where no gateway is attached its own finding says so, and its mending knows where the route has to lead.
  const mend = (destination: string, replaces?: string) =>
    attached === undefined
      ? undefined
      : ({
          recipe: 'mend',
          spec: {
            what: 'route',
            ...{ vpcId, routeTableId, destination, gatewayId: attached.id },
            ...(replaces !== undefined && { replaces }),
          },
        } as const);
  if (chosen === undefined) {
    const data = { routeTableId, subnetId: eni.subnetId, destination: ANYWHERE };
    return [finding('routeMissing', data, seen, mend(ANYWHERE))];
  }
  const { destination, target, state } = chosen;
  const data = { routeTableId, destination, target };
  if (state === 'blackhole') {
    // It leads to the very gateway that is found detached or gone: one fault, told once.
    if (attached === undefined && target.startsWith('igw-')) return [];
    return [finding('routeBlackhole', data, seen, mend(destination, target))];
  }
  // What leads to a NAT gateway or an appliance was meant to: only a person can say that it was not.
  return target === attached?.id || target === 'local' ? [] : [finding('routeElsewhere', data, seen)];
}

function describe({ destination, target, state }: Route): string {
  return `${destination} → ${target}${state === 'blackhole' ? ' (blackhole)' : ''}`;
}

/** The most specific route decides; without an address it is the default route. */
function routeTo(routes: readonly Route[], address: string | undefined): Route | undefined {
  const fitting = routes.filter(({ destination }) =>
    address === undefined ? destination === ANYWHERE : holds(destination, address),
  );
  const length = ({ destination }: Route): number => parseCidr(destination).prefixLength;
  return [...fitting].sort((one, other) => length(other) - length(one))[0];
}
