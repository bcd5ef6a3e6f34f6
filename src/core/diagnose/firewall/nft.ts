import { addressIn, nicFits, portIn } from './match.ts';
import { every, not, some } from './rules.ts';
import type { FirewallChain, FirewallRule, Packet, Perhaps, RuleVerdict } from './rules.ts';

/** A table of nftables: its chains by name. */
export interface NftTable {
  readonly family: string;
  readonly name: string;
  readonly chains: ReadonlyMap<string, FirewallChain>;
}

type Json = Readonly<Record<string, unknown>>;

/** Reads what `nft -j list ruleset` printed; nothing where it is no such thing. */
export function parseNft(text: string): readonly NftTable[] {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    return [];
  }
  const items = asList(asObject(root)['nftables']).map(asObject);
  const of = (kind: string): readonly Json[] =>
    items.flatMap((item) => (kind in item ? [asObject(item[kind])] : []));
  const sets = of('set');
  const chains = of('chain');
  const keys = [...new Set(chains.map(({ family, table }) => `${String(family)} ${String(table)}`))];
  return keys.map((key) => {
    const [family = '', name = ''] = key.split(' ');
    const here = (item: Json): boolean => item['family'] === family && item['table'] === name;
    const elements = new Map(
      sets.filter(here).map((set) => [String(set['name']), asList(set['elem'])] as const),
    );
    const rules = of('rule').filter(here);
    const own = chains.filter(here).map((chain): [string, FirewallChain] => {
      const of = rules.filter((rule) => rule['chain'] === chain['name']);
      return [String(chain['name']), chainOf(chain, key, of, elements)];
    });
    return { family, name, chains: new Map(own) };
  });
}

type Sets = ReadonlyMap<string, readonly unknown[]>;

function chainOf(chain: Json, table: string, rules: readonly Json[], sets: Sets): FirewallChain {
  const name = String(chain['name']);
  return {
    name: `${table} ${name}`,
    rules: rules.flatMap((rule) => rulesOf(asList(rule['expr']).map(asObject), `${table} ${name}`, sets)),
    ...(typeof chain['hook'] === 'string' && { hook: chain['hook'] }),
    ...(chain['policy'] === 'drop' && { policy: 'drop' as const }),
  };
}

/** A rule becomes one of ours, or one for each element of the map that it decides by. */
function rulesOf(statements: readonly Json[], place: string, sets: Sets): readonly FirewallRule[] {
  const questions: ((packet: Packet) => Perhaps)[] = [];
  const shown = `${place}: ${JSON.stringify(statements)}`;
  const matches = (packet: Packet): Perhaps => every(questions.map((question) => question(packet)));
  for (const statement of statements) {
    if ('match' in statement) {
      const match = asObject(statement['match']);
      questions.push((packet) => answer(match, packet, sets));
    } else if ('vmap' in statement) {
      const { key, data } = asObject(statement['vmap']);
      return elementsOf(data, sets).flatMap((element) => {
        const [value, verdict] = asList(element);
        const found = verdictOf(asObject(verdict));
        if (found === undefined) return [];
        const match = { op: '==', left: key, right: value };
        return [
          {
            shown,
            verdict: found,
            matches: (packet: Packet) => every([matches(packet), answer(match, packet, sets)]),
          },
        ];
      });
    } else if ('limit' in statement || 'xt' in statement || 'connlimit' in statement) {
      questions.push(() => undefined);
    } else {
      const verdict = verdictOf(statement);
      if (verdict !== undefined) return [{ shown, verdict, matches }];
    }
  }
  return [];
}

const verdicts: Readonly<Record<string, 'accept' | 'drop' | 'return'>> = {
  ...{ accept: 'accept', drop: 'drop', reject: 'drop', return: 'return' },
  ...{ dnat: 'accept', snat: 'accept', masquerade: 'accept', redirect: 'accept' },
};

function verdictOf(statement: Json): RuleVerdict | undefined {
  const [name = ''] = Object.keys(statement);
  if (name === 'jump' || name === 'goto') {
    return { kind: name, chain: String(asObject(statement[name])['target']) };
  }
  const kind = verdicts[name];
  return kind === undefined ? undefined : { kind };
}

/** Whether a packet is as one `match` wants it. */
function answer({ op, left, right }: Json, packet: Packet, sets: Sets): Perhaps {
  const positive = some(elementsOf(right, sets).map((value) => compare(asObject(left), value, packet)));
  if (op === '==' || op === 'in') return positive;
  return op === '!=' ? not(positive) : undefined;
}

function elementsOf(value: unknown, sets: Sets): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'string' && value.startsWith('@')) {
    // An element that nobody can name stands for a set that we were not shown.
    return sets.get(value.slice(1)) ?? [undefined];
  }
  const { set } = asObject(value);
  return set === undefined ? [value] : asList(set);
}

function compare(left: Json, right: unknown, packet: Packet): Perhaps {
  const value = 'elem' in asObject(right) ? asObject(asObject(right)['elem'])['val'] : right;
  const { payload, meta, ct } = left;
  if (payload !== undefined) return payloadIs(asObject(payload), value, packet);
  if (meta !== undefined) return metaIs(String(asObject(meta)['key']), value, packet);
  if (asObject(ct)['key'] === 'state') return value === packet.state;
  return undefined;
}

function payloadIs({ protocol, field }: Json, value: unknown, packet: Packet): Perhaps {
  if (protocol === 'ip6' || protocol === 'udp' || protocol === 'icmp' || protocol === 'icmpv6') return false;
  if (protocol === 'ip' && field === 'saddr') return addressIs(packet.source, value);
  if (protocol === 'ip' && field === 'daddr') return addressIs(packet.destination, value);
  if (protocol === 'ip' && field === 'protocol') return isTcp(value);
  if (protocol !== 'tcp' && protocol !== 'th') return undefined;
  if (field === 'dport') return portIs(packet.destinationPort, value);
  return field === 'sport' ? portIs(packet.sourcePort, value) : undefined;
}

function metaIs(key: string, value: unknown, packet: Packet): Perhaps {
  if (key === 'iifname' || key === 'iif') return nicFits(packet.nicIn, String(value));
  if (key === 'oifname' || key === 'oif') return nicFits(packet.nicOut, String(value));
  if (key === 'l4proto') return isTcp(value);
  if (key === 'nfproto') return value === 'ipv4' || value === 2;
  return key === 'protocol' ? value === 'ip' : undefined;
}

function isTcp(value: unknown): boolean {
  return value === 'tcp' || value === 6;
}

function addressIs(address: string | undefined, value: unknown): Perhaps {
  const { prefix, range } = asObject(value);
  if (prefix !== undefined) {
    const { addr, len } = asObject(prefix);
    return addressIn(address, `${String(addr)}/${String(len)}`);
  }
  return range === undefined && typeof value === 'string' ? addressIn(address, value) : undefined;
}

function portIs(port: number | undefined, value: unknown): Perhaps {
  const { range } = asObject(value);
  if (range !== undefined) {
    const [from, to] = asList(range).map(Number);
    return portIn(port, from ?? 0, to ?? 0);
  }
  return typeof value === 'number' ? portIn(port, value) : undefined;
}

function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
