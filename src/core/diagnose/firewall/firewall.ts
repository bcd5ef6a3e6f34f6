import type { SeenFact } from '../finding.ts';
import { parseIptables } from './iptables.ts';
import { parseNft } from './nft.ts';
import type { FirewallChain, Packet } from './rules.ts';
import { endings } from './walk.ts';
import type { Ending } from './walk.ts';

/** The rules of a guest's own firewall as its tools print them; empty where there is no such tool. */
export interface Firewall {
  /** `nft -j list ruleset` */
  readonly nft: string;
  /** `iptables-save`, and that of the older kind where both are there. */
  readonly iptables: string;
}

/** A connection that begins outside. */
export interface Connection {
  /** Where it comes from, where that is known. */
  readonly from: string | undefined;
  readonly to: string;
  readonly port: number;
  readonly nic: string;
}

/** What the rules do with a connection, and the rule that decides. */
export interface Judgement {
  readonly verdict: 'accept' | 'drop' | 'unknown';
  readonly seen: SeenFact;
}

/** Works out whether a guest's firewall lets a connection in and its answers out. Pure. */
export function judgeFirewall(firewall: Firewall, connection: Connection): Judgement {
  const iptables = parseIptables(firewall.iptables);
  // iptables may keep its rules in nftables: there they are shown in a form that is no good for reading.
  const told = new Set(iptables.map(({ name }) => name));
  const nft = parseNft(firewall.nft).filter(
    ({ family, name }) => ['ip', 'inet', 'netdev'].includes(family) && !(family === 'ip' && told.has(name)),
  );
  const judged = [...iptables, ...nft].flatMap(({ chains }) =>
    packetsOf(connection).flatMap((packet) => judge(chains, packet)),
  );
  const drops = judged.filter(({ kinds }) => kinds.every(({ kind }) => kind === 'drop'));
  const [certain] = drops;
  if (certain !== undefined) return { verdict: 'drop', seen: factOf(certain.kinds) };
  const perhaps = judged.find(({ kinds }) => kinds.some(({ kind }) => kind === 'drop'));
  return perhaps === undefined
    ? { verdict: 'accept', seen: { source: 'nft list ruleset', shown: '–' } }
    : { verdict: 'unknown', seen: factOf(perhaps.kinds) };
}

interface Judged {
  readonly kinds: readonly Ending[];
}

function judge(chains: ReadonlyMap<string, FirewallChain>, packet: Packet): readonly Judged[] {
  return [...chains.values()]
    .filter(({ hook }) => hook === packet.hook)
    .map((chain) => ({ kinds: endings(chain, chains, packet) }));
}

function factOf(kinds: readonly Ending[]): SeenFact {
  const drop = kinds.find((ending) => ending.kind === 'drop');
  return { source: 'nft list ruleset, iptables-save', shown: drop?.kind === 'drop' ? drop.shown : '–' };
}

function packetsOf({ from, to, port, nic }: Connection): readonly Packet[] {
  const first = {
    ...{ source: from, destination: to, sourcePort: undefined, destinationPort: port },
    ...{ nicIn: nic, nicOut: undefined, state: 'new' as const },
  };
  const answer = {
    ...{ source: to, destination: from, sourcePort: port, destinationPort: undefined },
    ...{ nicIn: undefined, nicOut: nic, state: 'established' as const },
  };
  return [
    { hook: 'prerouting', ...first },
    { hook: 'input', ...first },
    { hook: 'output', ...answer },
    { hook: 'postrouting', ...answer },
  ];
}
