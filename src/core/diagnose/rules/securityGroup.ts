import type { SecurityGroup, SecurityGroupRule } from '../../model/network.ts';
import { holds, inRange, isTcp } from '../cloud/match.ts';
import type { PairFacts } from '../facts.ts';
import { finding } from '../finding.ts';
import type { Finding } from '../finding.ts';

const ANYWHERE = '0.0.0.0/0';

/** The security groups of the ENI, for each port from outside and for what the outbound proof needs. */
export function securityGroup(facts: PairFacts): readonly Finding[] {
  const { cloud, eni, vantage, echo } = facts;
  const groups = eni.groupIds.flatMap((id) => cloud.index.securityGroups.get(id) ?? []);
  const [first] = groups;
  if (first === undefined) return [];
  const groupIds = groups.map(({ id }) => id);
  const judge = (direction: 'ingress' | 'egress', port: number, peer: string | undefined) => {
    if (groups.some((group) => allows(group[direction], port, peer))) return [];
    const code = direction === 'ingress' ? 'securityGroupInbound' : 'securityGroupOutbound';
    const source = peer === undefined ? ANYWHERE : `${peer}/32`;
    const ports = [{ protocol: 'tcp', fromPort: port, toPort: port, source }] as const;
    const spec = { what: 'ports', groupId: first.id, direction, ports } as const;
    const data = { groupIds, port, peer: peer ?? ANYWHERE };
    return [finding(code, data, groups.map(seen(direction)), { recipe: 'mend', spec })];
  };
  return [
    ...facts.ports.flatMap((port) => judge('ingress', port, vantage.address)),
    ...(echo === undefined ? [] : judge('egress', echo.port, echo.address)),
  ];
}

/** Whether one rule lets this through; what cannot be told, such as a prefix list, counts as letting it. */
function allows(rules: readonly SecurityGroupRule[], port: number, peer: string | undefined): boolean {
  return rules.some((rule) => {
    if (!isTcp(rule.protocol) || !inRange(port, rule)) return false;
    return rule.sources.some((source) => {
      if (source.startsWith('pl-')) return true;
      const isRange = source.includes('.');
      return peer === undefined ? isRange : holds(source, peer);
    });
  });
}

function seen(direction: 'ingress' | 'egress') {
  return (group: SecurityGroup) => ({
    source: `DescribeSecurityGroups ${group.id} ${direction}`,
    shown: group[direction].map(describe).join(', ') || '–',
  });
}

function describe({ protocol, fromPort, toPort, sources }: SecurityGroupRule): string {
  const name = protocol === '-1' ? 'all' : protocol;
  const range =
    fromPort === undefined ? '' : fromPort === toPort ? ` ${fromPort}` : ` ${fromPort}–${toPort ?? ''}`;
  return `${name}${range} ${sources.join(' ')}`.trim();
}
