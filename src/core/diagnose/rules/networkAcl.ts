import type { NetworkAcl, NetworkAclRule } from '../../model/networkAcl.ts';
import { aclOfSubnet } from '../../model/networkAcl.ts';
import { holds, inRange, isTcp } from '../cloud/match.ts';
import type { PairFacts } from '../facts.ts';
import { finding } from '../finding.ts';
import type { Finding } from '../finding.ts';

/** The ports from which clients of any system connect: answers must be able to go back to each. */
const CLIENTS = { fromPort: 49_152, toPort: 60_999 };

/** Packets that must pass: into the subnet or out of it, to these ports of the receiver. */
interface Flow {
  readonly egress: boolean;
  readonly fromPort: number;
  readonly toPort: number;
  readonly peer: string;
}

/** The subnet's network ACL, which sees each direction by itself and remembers nothing. */
export function networkAcl(facts: PairFacts): readonly Finding[] {
  const { cloud, eni } = facts;
  const acl = aclOfSubnet(cloud.networkAcls, eni.subnetId, eni.vpcId);
  if (acl === undefined) return [];
  const denials = flows(facts).flatMap((flow) => {
    const rule = denial(acl, flow);
    return rule === undefined ? [] : [{ flow, rule }];
  });
  // One rule that denies several things is one fault.
  const key = ({ flow, rule }: (typeof denials)[number]): string => `${rule} ${String(flow.egress)}`;
  const once = denials.filter(
    (one, index) => denials.findIndex((other) => key(other) === key(one)) === index,
  );
  return once.map(({ flow, rule }) => {
    const { egress, peer } = flow;
    const ports = flow.fromPort === flow.toPort ? `${flow.fromPort}` : `${flow.fromPort}–${flow.toPort}`;
    const data = { networkAclId: acl.id, subnetId: eni.subnetId, rule, ports, peer };
    const shown = acl.rules.filter((candidate) => candidate.egress === egress).map(describe);
    const seen = [
      {
        source: `DescribeNetworkAcls ${acl.id} ${egress ? 'egress' : 'ingress'}`,
        shown: shown.join(', ') || '–',
      },
    ];
    const number = freeNumber(acl, egress, rule);
    if (number === undefined) return finding(codeOf(egress), data, seen);
    const { fromPort, toPort } =
      egress && flow.fromPort !== flow.toPort ? { fromPort: 1024, toPort: 65_535 } : flow;
    const entry = {
      networkAclId: acl.id,
      ruleNumber: number,
      egress,
      cidr: peerRange(peer),
      fromPort,
      toPort,
    };
    return finding(codeOf(egress), data, seen, { recipe: 'mend', spec: { what: 'acl', entry } });
  });
}

function codeOf(egress: boolean): 'networkAclInbound' | 'networkAclOutbound' {
  return egress ? 'networkAclOutbound' : 'networkAclInbound';
}

function peerRange(peer: string): string {
  return peer.includes('/') ? peer : `${peer}/32`;
}

function flows({ ports, vantage, echo }: PairFacts): readonly Flow[] {
  const client = vantage.address;
  const server = echo?.address;
  return [
    ...(client === undefined
      ? []
      : [
          ...ports.map((port) => ({ egress: false, fromPort: port, toPort: port, peer: client })),
          { egress: true, ...CLIENTS, peer: client },
        ]),
    ...(echo === undefined || server === undefined
      ? []
      : [
          { egress: true, fromPort: echo.port, toPort: echo.port, peer: server },
          { egress: false, ...CLIENTS, peer: server },
        ]),
  ];
}

/** The number of the rule that denies some port of a flow, `*` where no rule speaks of it; else nothing. */
function denial(acl: NetworkAcl, flow: Flow): string | undefined {
  const rules = acl.rules.filter(
    ({ egress, protocol, cidr }) => egress === flow.egress && isTcp(protocol) && holds(cidr, flow.peer),
  );
  // Where a rule begins or ends the judgement may change: these ports stand for all others.
  const edges = rules.flatMap(({ fromPort = 0, toPort = 65_535 }) => [fromPort, toPort + 1]);
  const ports = [flow.fromPort, flow.toPort, ...edges].filter((port) => inRange(port, flow));
  for (const port of ports) {
    const deciding = rules.find((rule) => inRange(port, rule));
    if (deciding?.allow !== true) return numberText(deciding);
  }
  return undefined;
}

/** EC2 shows the rule that denies all the rest under a number of its own, and as `*`. */
const LAST = 32_767;

function numberText(rule: NetworkAclRule | undefined): string {
  return rule === undefined || rule.number === LAST ? '*' : String(rule.number);
}

/** A number in front of the rule that denies, which nobody has. */
function freeNumber(acl: NetworkAcl, egress: boolean, rule: string): number | undefined {
  const before = rule === '*' ? LAST - 1 : Number(rule);
  const taken = new Set(acl.rules.filter((one) => one.egress === egress).map(({ number }) => number));
  for (let number = before - 1; number > 0; number--) if (!taken.has(number)) return number;
  return undefined;
}

function describe({ number, allow, protocol, fromPort, toPort, cidr }: NetworkAclRule): string {
  const ports = fromPort === undefined ? '' : ` ${fromPort}–${toPort ?? ''}`;
  const name = protocol === '-1' ? 'all' : protocol === '6' ? 'tcp' : protocol;
  return `${number === LAST ? '*' : number} ${allow ? 'allow' : 'deny'} ${name}${ports} ${cidr}`;
}
