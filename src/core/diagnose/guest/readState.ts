import { CoreError } from '../../base/errors.ts';
import { shellQuote } from '../../base/quoting.ts';
import { readPreamble } from '../../guest/readScript.ts';
import { parseRecords } from '../../guest/records.ts';
import type { GuestRecord } from '../../guest/records.ts';
import type { CommandResult, GuestOperation } from '../../ssh/shell.ts';
import type { GuestState, ListeningSocket, WayBack } from '../facts.ts';
import { metadataScript, parseMetadata } from './metadata.ts';

/** All of a guest's state but its interfaces and files, which reading the guest gives. */
export type RunningState = Omit<GuestState, 'facts'> & {
  /** The IPv4 address of the echo as the guest resolves its name. */
  readonly echoAddress?: string;
};

/** What is to be looked at. */
export interface StateQuestions {
  readonly addresses: readonly string[];
  /** Where answers are to go back to. */
  readonly peer: string;
  readonly echoHost: string;
}

/** The kernel's counters, by `Group.Name`. */
export const countersScript = `emit counters "$(cat /proc/net/snmp /proc/net/netstat 2>/dev/null)"\n`;

/** Reads what runs on a guest in one round trip, changing nothing. */
export function readStateOperation({
  addresses,
  peer,
  echoHost,
}: StateQuestions): GuestOperation<RunningState> {
  const script = `${readPreamble}
emit rules "$(ip rule show 2>/dev/null)"
emit sockets "$(ss -Htln 2>/dev/null || netstat -ltn 2>/dev/null)"
emit nft "$(have nft && nft -j list ruleset 2>/dev/null)"
emit iptables "$(have iptables-save && iptables-save 2>/dev/null; have iptables-legacy-save && iptables-legacy-save 2>/dev/null)"
emit echo "$(getent ahostsv4 ${shellQuote(echoHost)} 2>/dev/null | head -n 1)"
all=$(cat /proc/sys/net/ipv4/conf/all/rp_filter 2>/dev/null || echo 0)
for path in /proc/sys/net/ipv4/conf/*; do
  nic=\${path##*/}
  own=$(cat "$path/rp_filter" 2>/dev/null || echo 0)
  [ "$own" -gt "$all" ] && emit filter "$nic $own" || emit filter "$nic $all"
done
marks=$(ip rule show 2>/dev/null | sed -n 's/.*fwmark \\([0-9a-fx]*\\).*/\\1/p' | sort -u)
way() {
  emit way "$1 $(ip route get ${shellQuote(peer)} from "$1" 2>/dev/null | head -n 1)"
  for mark in $marks; do emit marked "$1 $(ip route get ${shellQuote(peer)} from "$1" mark "$mark" 2>/dev/null | head -n 1)"; done
}
${addresses.map((address) => `way ${shellQuote(address)}`).join('\n')}
${countersScript}
${metadataScript}
:
`;
  return { name: 'read what runs', script, asRoot: true, parse: parseState };
}

/** Reads the kernel's counters alone. */
export const readCountersOperation: GuestOperation<ReadonlyMap<string, number>> = {
  name: 'read the counters',
  script: `${readPreamble}\n${countersScript}`,
  asRoot: false,
  parse: ({ stdout }) => parseCounters(text(parseRecords(stdout), 'counters')),
};

function parseState({ code, stdout, stderr }: CommandResult): RunningState {
  const records = parseRecords(stdout);
  if (code !== 0)
    throw new CoreError('ssh.commandFailed', { operation: 'read what runs', exitCode: code, stderr });
  const metadata = parseMetadata(records);
  const echoAddress = text(records, 'echo').split(/\s/)[0] ?? '';
  return {
    rules: text(records, 'rules'),
    sockets: text(records, 'sockets').split('\n').flatMap(socketOf),
    firewall: { nft: text(records, 'nft'), iptables: text(records, 'iptables') },
    rpFilter: new Map(
      texts(records, 'filter').map((line) => {
        const [nic = '', value = '0'] = line.split(' ');
        return [nic, Number(value)];
      }),
    ),
    waysBack: waysBack(texts(records, 'way'), texts(records, 'marked')),
    counters: parseCounters(text(records, 'counters')),
    ...(metadata !== undefined && { metadata }),
    ...(echoAddress !== '' && { echoAddress }),
  };
}

function texts(records: readonly GuestRecord[], kind: string): readonly string[] {
  return records.filter((record) => record.kind === kind).map(({ values }) => String(values[0] ?? ''));
}

function text(records: readonly GuestRecord[], kind: string): string {
  return texts(records, kind)[0] ?? '';
}

/** A line of `ss -Htln` or `netstat -ltn`: a word, queues, then the local address with its port. */
function socketOf(line: string): readonly ListeningSocket[] {
  const [, , , local = ''] = line.trim().split(/\s+/);
  const [, address, port] = /^(.+?)(?:%[^:]+)?:(\d+)$/.exec(local) ?? [];
  return address === undefined || port === undefined ? [] : [{ address, port: Number(port) }];
}

function waysBack(ways: readonly string[], marked: readonly string[]): ReadonlyMap<string, WayBack> {
  const read = (line: string) => {
    const [address = '', ...words] = line.split(' ');
    return { address, shown: words.join(' ').trim(), dev: / dev (\S+)/.exec(line)?.[1] };
  };
  const marks = marked.map(read);
  return new Map(
    ways.map(read).flatMap(({ address, shown, dev }) => {
      const byMark = marks.flatMap((one) => (one.address === address ? (one.dev ?? []) : []));
      return dev === undefined ? [] : [[address, { leavesBy: dev, shown, marked: byMark }] as const];
    }),
  );
}

/** Two lines a group in `/proc/net/snmp`: the names, then the values. */
function parseCounters(lines: string): ReadonlyMap<string, number> {
  const counters = new Map<string, number>();
  const rows = lines.split('\n').map((line) => line.split(/:? +/));
  for (const [index, [group = '', ...names]] of rows.entries()) {
    const [sameGroup, ...values] = rows[index + 1] ?? [];
    if (index % 2 === 1 || sameGroup !== group) continue;
    for (const [at, name] of names.entries()) counters.set(`${group}.${name}`, Number(values[at]));
  }
  return counters;
}
