import { metadataAddress } from './metadata.ts';
import { gatewayLink, linkName } from './names.ts';
import type { AclRule, InterfacePolicy, PacketMatch, SubnetPolicy, VpcPolicy } from './policy.ts';

/** Switches of the lab that are no part of the control plane. */
export interface Switches {
  /** Outbound TCP 25 to public addresses, which EC2 blocks on every account until AWS lifts it. */
  readonly outboundMail: boolean;
}

/**
 * The nftables ruleset of one VPC's namespace: everything that EC2 decides about a packet.
 *
 * What is not allowed is dropped without an answer, as on EC2. The gateway's translation is stateless, so that an
 * association that ends or moves takes effect on the next packet; only security groups remember connections.
 */
export function renderRules(vpc: VpcPolicy, switches: Switches): string {
  return [
    'flush ruleset',
    'table ip vpc {',
    ...translation(vpc),
    ...forwarding(vpc),
    ...ownTraffic,
    ...vpc.subnets.flatMap(subnetChains),
    ...vpc.interfaces.flatMap((eni) => interfaceChains(eni, switches)),
    '}',
    '',
  ].join('\n');
}

/** The namespace itself answers nothing but DHCP and what the metadata service is asked, and never tells a sender what became of a packet. */
const ownTraffic = [
  ...chain('received', [
    'type filter hook input priority filter; policy drop;',
    'udp dport 67 accept',
    `ip daddr ${metadataAddress} tcp dport 80 accept`,
  ]),
  ...chain('sent', ['type filter hook output priority filter; policy accept;', 'meta l4proto icmp drop']),
];

function translation(vpc: VpcPolicy): readonly string[] {
  const pairs = vpc.interfaces.flatMap((eni) =>
    eni.addresses.flatMap(({ privateAddress, publicAddress }) =>
      publicAddress === undefined ? [] : [{ privateAddress, publicAddress }],
    ),
  );
  const inward = pairs.map((pair) => `${pair.publicAddress} : ${pair.privateAddress}`);
  const outward = pairs.map((pair) => `${pair.privateAddress} : ${pair.publicAddress}`);
  const none = pairs.length === 0;
  return [
    ...chain('from_gateway', [
      'type filter hook prerouting priority raw; policy accept;',
      `iifname "${gatewayLink}" ${none ? '' : `ip daddr != ${set(pairs.map((pair) => pair.publicAddress))} `}drop`,
      ...(none ? [] : [`iifname "${gatewayLink}" ip daddr set ip daddr map ${set(inward)}`]),
    ]),
    ...chain('to_gateway', [
      'type filter hook postrouting priority srcnat; policy accept;',
      `oifname "${gatewayLink}" ${none ? '' : `ip saddr != ${set(pairs.map((pair) => pair.privateAddress))} `}drop`,
      ...(none ? [] : [`oifname "${gatewayLink}" ip saddr set ip saddr map ${set(outward)}`]),
    ]),
  ];
}

/** A packet passes the rules in the order in which it meets them: the sender's ENI, both subnets, the receiver's. */
function forwarding(vpc: VpcPolicy): readonly string[] {
  const links = vpc.interfaces.map((eni) => [
    `"${linkName(eni.networkInterfaceId)}"`,
    name(eni.networkInterfaceId),
  ]);
  const jumps = (direction: string): string =>
    set(links.map(([link, chainName]) => `${link} : jump ${direction}_${chainName}`));
  return chain('forward', [
    'type filter hook forward priority filter; policy drop;',
    ...(links.length === 0 ? [] : [`iifname vmap ${jumps('leave')}`]),
    ...vpc.subnets.flatMap(({ subnetId, cidr }) => [
      `ip saddr ${cidr} ip daddr != ${cidr} jump outbound_${name(subnetId)}`,
      `ip saddr ${cidr} oifname "${gatewayLink}" jump route_to_${name(subnetId)}`,
      `ip daddr ${cidr} iifname "${gatewayLink}" jump route_from_${name(subnetId)}`,
      `ip daddr ${cidr} ip saddr != ${cidr} jump inbound_${name(subnetId)}`,
    ]),
    ...(links.length === 0 ? [] : [`oifname vmap ${jumps('reach')}`, 'accept']),
  ]);
}

function subnetChains(subnet: SubnetPolicy): readonly string[] {
  const acl = (rules: readonly AclRule[], peer: 'saddr' | 'daddr'): readonly string[] => [
    ...rules.map((rule) => `${match(rule, peer)} ${rule.allow ? 'return' : 'drop'}`),
    'drop',
  ];
  const routes = (peer: 'saddr' | 'daddr'): readonly string[] => [
    ...subnet.routes.map((route) => `ip ${peer} ${route.destination} ${route.toGateway ? 'return' : 'drop'}`),
    'drop',
  ];
  const id = name(subnet.subnetId);
  return [
    ...chain(`outbound_${id}`, acl(subnet.outbound, 'daddr')),
    ...chain(`inbound_${id}`, acl(subnet.inbound, 'saddr')),
    ...chain(`route_to_${id}`, routes('daddr')),
    // An answer could not go back where no route leads, so the first packet need not arrive.
    ...chain(`route_from_${id}`, routes('saddr')),
  ];
}

function interfaceChains(eni: InterfacePolicy, switches: Switches): readonly string[] {
  const own = set(eni.addresses.map((address) => address.privateAddress));
  const check = (side: 'saddr' | 'daddr'): readonly string[] =>
    eni.sourceDestCheck ? [`ip ${side} != ${own} drop`] : [];
  const allowed = (rules: readonly PacketMatch[], peer: 'saddr' | 'daddr'): readonly string[] => [
    ...knownConnections,
    ...rules.map((rule) => `${match(rule, peer)} return`),
    'drop',
  ];
  const mail = switches.outboundMail ? [] : [`oifname "${gatewayLink}" tcp dport 25 drop`];
  const id = name(eni.networkInterfaceId);
  return [
    ...chain(`leave_${id}`, [...check('saddr'), ...mail, ...allowed(eni.egress, 'daddr')]),
    ...chain(`reach_${id}`, [...check('daddr'), ...allowed(eni.ingress, 'saddr')]),
  ];
}

/** Packets of a known connection pass. A SYN asks anew even where an old connection had the same ports. */
const knownConnections = [
  'ct state established,related meta l4proto != tcp return',
  'ct state established,related tcp flags & (syn|ack) != syn return',
];

function match(rule: PacketMatch, peer: 'saddr' | 'daddr'): string {
  const from = `ip ${peer} ${rule.peer}`;
  if (rule.protocol === 'any') return from;
  const protocol = `${from} meta l4proto ${rule.protocol}`;
  if (rule.ports === undefined) return protocol;
  const [first, last] = rule.ports;
  if (rule.protocol === 1) {
    if (first < 0) return protocol;
    return `${protocol} icmp type ${first}${last < 0 ? '' : ` icmp code ${last}`}`;
  }
  return `${protocol} th dport ${first}-${last}`;
}

function chain(chainName: string, lines: readonly string[]): readonly string[] {
  return [`  chain ${chainName} {`, ...lines.map((line) => `    ${line}`), '  }'];
}

function set(elements: readonly string[]): string {
  return `{ ${elements.join(', ')} }`;
}

function name(id: string): string {
  return id.replaceAll('-', '_');
}
