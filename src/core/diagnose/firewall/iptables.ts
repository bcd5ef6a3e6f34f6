import { addressIn, nicFits, portIn } from './match.ts';
import { every, not, some } from './rules.ts';
import type { FirewallChain, FirewallRule, Packet, Perhaps, RuleVerdict } from './rules.ts';

/** A table of iptables: its chains by name. */
export interface IptablesTable {
  readonly name: string;
  readonly chains: ReadonlyMap<string, FirewallChain>;
}

interface Draft {
  policy: string;
  rules: FirewallRule[];
}

const hooks: Readonly<Record<string, string>> = {
  PREROUTING: 'prerouting',
  INPUT: 'input',
  OUTPUT: 'output',
  POSTROUTING: 'postrouting',
};

/** Reads what `iptables-save` printed. */
export function parseIptables(text: string): readonly IptablesTable[] {
  const tables = new Map<string, Map<string, Draft>>();
  let name = '';
  for (const line of text.split('\n')) {
    if (line.startsWith('*')) {
      name = line.slice(1).trim();
      tables.set(name, tables.get(name) ?? new Map<string, Draft>());
      continue;
    }
    const chains = tables.get(name);
    const [, declared = '', policy = ''] = /^:(\S+) (\S+)/.exec(line) ?? [];
    if (declared !== '') chains?.set(declared, { policy, rules: chains.get(declared)?.rules ?? [] });
    const words = wordsOf(line.replace(/^\[\d+:\d+\] /, ''));
    const [command, chain = ''] = words;
    if (command === '-A') chains?.get(chain)?.rules.push(ruleOf(words.slice(2), line));
  }
  return [...tables].map(([table, chains]) => ({
    name: table,
    chains: new Map(
      [...chains].map(([chain, { policy, rules }]) => {
        const hook = hooks[chain];
        const base = hook === undefined ? {} : { hook };
        const drops = policy === 'DROP' ? { policy: 'drop' as const } : {};
        return [chain, { name: `${table} ${chain}`, rules, ...base, ...drops }] as const;
      }),
    ),
  }));
}

function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
}

type Question = (packet: Packet) => Perhaps;

function ruleOf(words: readonly string[], shown: string): FirewallRule {
  const questions: Question[] = [];
  let verdict: RuleVerdict = { kind: 'continue' };
  for (let at = 0; at < words.length; at++) {
    const negated = words[at] === '!';
    if (negated) at += 1;
    const option = words[at] ?? '';
    const value = words[at + 1] ?? '';
    if (option === '-j' || option === '-g') {
      verdict = verdictOf(value, option === '-g');
      // What follows are the target's own options.
      break;
    }
    const [question, taken] = questionOf(option, value, words[at + 2] ?? '');
    at += taken;
    if (question !== undefined) questions.push(negated ? (packet) => not(question(packet)) : question);
  }
  return { shown, verdict, matches: (packet) => every(questions.map((question) => question(packet))) };
}

function verdictOf(target: string, goes: boolean): RuleVerdict {
  if (target === 'ACCEPT') return { kind: 'accept' };
  if (target === 'DROP' || target === 'REJECT') return { kind: 'drop' };
  if (target === 'RETURN') return { kind: 'return' };
  const extensions =
    /^(LOG|NFLOG|MARK|CONNMARK|CT|NOTRACK|TCPMSS|TTL|DSCP|TRACE|SET|CLASSIFY|CHECKSUM|AUDIT)$/;
  return extensions.test(target) ? { kind: 'continue' } : { kind: goes ? 'goto' : 'jump', chain: target };
}

/** The question that an option asks, and how many words it takes besides itself; none for what asks nothing. */
function questionOf(option: string, value: string, next: string): readonly [Question | undefined, number] {
  const known: Readonly<Record<string, Question | undefined>> = {
    '-p': () => ['tcp', '6', 'all', '0'].includes(value),
    '-s': ({ source }) => addressIn(source, value),
    '-d': ({ destination }) => addressIn(destination, value),
    '-i': ({ nicIn }) => nicFits(nicIn, value),
    '-o': ({ nicOut }) => nicFits(nicOut, value),
    '--dport': ({ destinationPort }) => portsInclude(destinationPort, value),
    '--sport': ({ sourcePort }) => portsInclude(sourcePort, value),
    '--dports': ({ destinationPort }) => portsInclude(destinationPort, value),
    '--sports': ({ sourcePort }) => portsInclude(sourcePort, value),
    '--ports': ({ destinationPort, sourcePort }) =>
      some([portsInclude(destinationPort, value), portsInclude(sourcePort, value)]),
    '--ctstate': ({ state }) => value.toLowerCase().split(',').includes(state),
    '--state': ({ state }) => value.toLowerCase().split(',').includes(state),
  };
  if (option === '-m') return [undefined, 1];
  if (option === '--comment') return [undefined, 1];
  if (option === '--syn') return [({ state }) => state === 'new', 0];
  if (option === '--tcp-flags') return [next === 'SYN' ? ({ state }) => state === 'new' : () => undefined, 2];
  if (option === '--dst-type' && value === 'LOCAL') {
    return [({ hook }) => hook === 'input' || hook === 'prerouting', 1];
  }
  const question = known[option];
  if (question !== undefined) return [question, 1];
  // An option of an extension that we do not know, with the words up to the next option.
  return [() => undefined, option.startsWith('-') && !value.startsWith('-') && value !== '!' ? 1 : 0];
}

function portsInclude(port: number | undefined, list: string): Perhaps {
  return some(
    list.split(',').map((item) => {
      const [from = '', to = from] = item.split(':');
      return portIn(port, Number(from || 0), to === '' ? 65_535 : Number(to));
    }),
  );
}
