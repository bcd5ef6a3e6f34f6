import { isOnDisk } from '../guest/onDisk.ts';
import { proposerOf } from '../guest/proposer.ts';
import { readGuest } from '../guest/readGuest.ts';
import type { Eni } from '../model/network.ts';
import type { MailAnswer } from '../probe/outbound/mail.ts';
import type { PairProof, PairUnderTest } from '../probe/proof.ts';
import { type ProveOptions, prove } from '../probe/prove.ts';
import { placeOf, reachesAny } from '../probe/reaches.ts';
import { type Vantage, type VantageOptions, thisMachine } from '../probe/vantage.ts';
import type { GuestOperation, GuestShell } from '../ssh/shell.ts';
import { diagnose } from './diagnose.ts';
import type { CloudFacts, GuestState, ListeningSocket, PairFacts, VantageFacts } from './facts.ts';
import type { Finding } from './finding.ts';
import { fourWays } from './fourWays.ts';
import type { FourWays } from './fourWays.ts';
import { readCountersOperation, readStateOperation } from './guest/readState.ts';
import { watchArrivals } from './guest/watch.ts';
import type { MailNamesOptions } from './mail/lookUpNames.ts';
import type { MailFacts } from './mail/mailFacts.ts';
import { mergeGatewayFixes } from './merge.ts';
import { packetWay } from './packetWay.ts';
import type { PacketWay } from './packetWay.ts';
import { takesConnections } from './sockets.ts';
import { whereAlive } from './whereAlive.ts';

/** A pair with what is expected of it; the EIP may be one that it had before. */
export interface PairToExamine {
  readonly eni: Eni;
  readonly pair: PairUnderTest;
}

/** What examining the pairs of one instance needs. */
export interface ExamineOptions extends Omit<ProveOptions, 'pairs' | 'shell' | 'leftOut'> {
  readonly pairs: readonly PairToExamine[];
  readonly cloud: CloudFacts;
  /** A connection to the instance; absent where nobody could log in. */
  readonly shell?: GuestShell;
  /** Which host was tried. */
  readonly host: string;
  /** Whether ports are tried from outside only where a service of the guest takes connections at one of them. */
  readonly whereListening?: boolean;
  /** A mail server whose port 25 is to be reached from every address; not asked without it. */
  readonly mailHost?: string;
  /** How the names of addresses that send mail are looked up; not looked up without it. */
  readonly mailNames?: MailNamesOptions;
}

/** What was found out about one pair. */
export interface Examined {
  readonly proof: PairProof;
  readonly findings: readonly Finding[];
  readonly ways: FourWays;
  readonly way: PacketWay;
  readonly mail?: MailFacts;
}

/** Proves all pairs of one instance and names for each what is at fault; leaves nothing on the guest. */
export async function examine(options: ExamineOptions): Promise<readonly Examined[]> {
  const { shell, inbound = { kind: 'listener', ports: [80] } } = options;
  const signal = options.signal ?? new AbortController().signal;
  const limits = { timeoutMilliseconds: options.timeoutMilliseconds ?? 5000, signal };
  const seen = shell === undefined ? undefined : await look(shell, options, limits);
  const leftOut = seen?.leftOut ?? leftOutOf(options, []);
  const vantage = seen?.vantage ?? (await lookFromOutside(options, limits));
  const { hostname, port } = placeOf(options.echoUrl);
  const names = await namesOf(options, limits);
  const echoAddress = seen?.echoAddress ?? (/^[\d.]+$/.test(hostname) ? hostname : undefined);
  const examining = options.pairs.map(async ({ eni, pair }, index): Promise<readonly Examined[]> => {
    const address = eni.addresses.find((one) => one.address === pair.privateAddress);
    const proof = seen?.proofs[index] ?? unreachable(pair, options.host);
    if (address === undefined) return [];
    const arrived = seen?.arrivals?.get(address.address) ?? (seen?.arrivals && new Set<number>());
    const mail = seen?.mail.get(address.address);
    const mailFacts = names.get(address.address);
    const one = { ...eni, addresses: [address] };
    const proposer = await proposerOf(options.cloud.index, one, eni.attachment?.instanceId ?? '');
    const onDisk = seen && isOnDisk(seen.guest.facts, proposer);
    const facts: PairFacts = {
      ...{ pair, eni, address, cloud: options.cloud, vantage, proof },
      ports: inbound.kind === 'ssh' ? [22] : leftOut.has(address.address) ? [] : inbound.ports,
      service: inbound.kind !== 'listener',
      echo: { port, ...(echoAddress !== undefined && { address: echoAddress }) },
      ...(seen !== undefined && { guest: seen.guest, after: seen.after }),
      ...(arrived !== undefined && { arrived }),
      ...(onDisk !== undefined && { onDisk }),
      ...(mail !== undefined && { mail }),
      ...(mailFacts !== undefined && { mailFacts }),
    };
    const found = { proof, findings: diagnose(facts), ways: fourWays(facts), way: packetWay(facts) };
    return [{ ...found, ...(mailFacts !== undefined && { mail: mailFacts }) }];
  });
  return mergeGatewayFixes((await Promise.all(examining)).flat());
}

interface Look {
  readonly vantage: VantageFacts;
  readonly guest: GuestState;
  readonly after: ReadonlyMap<string, number>;
  readonly echoAddress?: string;
  readonly proofs: readonly PairProof[];
  /** Private addresses that were not tried from outside. */
  readonly leftOut: ReadonlySet<string>;
  readonly arrivals: ReadonlyMap<string, ReadonlySet<number>> | undefined;
  readonly mail: ReadonlyMap<string, MailAnswer>;
}

/** Reads the guest, proves while somebody watches, and reads the counters again. */
async function look(shell: GuestShell, options: ExamineOptions, limits: VantageOptions): Promise<Look> {
  const { signal } = limits;
  const { vantage = thisMachine, mailHost, echoUrl } = options;
  const addresses = options.pairs.map(({ pair }) => pair.privateAddress);
  const from = await addressOf(vantage, shell, echoUrl, limits);
  const { hostname: echoHost } = placeOf(echoUrl);
  const questions = { addresses, peer: from ?? '192.0.2.1', echoHost };
  const seconds = Math.ceil(limits.timeoutMilliseconds / 1000) * 3 + 30;
  const [facts, { echoAddress, ...state }, watch] = await Promise.all([
    readGuest(shell, signal),
    shell.run(readStateOperation(questions), { signal }),
    watchArrivals(shell, { seconds, signal }),
  ]);
  const pairs = options.pairs.map(({ pair }) => pair);
  const leftOut = leftOutOf(options, state.sockets);
  const proofs = await prove({ ...options, shell, pairs, leftOut }).catch(async (error: unknown) => {
    await watch.stop();
    throw error;
  });
  const arrivals = await watch.stop();
  const [after, mail] = await Promise.all([
    whereAlive(shell.run(readCountersOperation, { signal }), new Map()),
    mailHost === undefined ? new Map() : mailOf(shell, addresses, mailHost, limits),
  ]);
  const offline = proofs.some(
    ({ inbound }) => inbound.state === 'unproven' && inbound.reason.code === 'vantageOffline',
  );
  return {
    vantage: { name: vantage.name, online: !offline, ...(from !== undefined && { address: from }) },
    ...{ guest: { facts, ...state }, after, proofs, leftOut, arrivals, mail },
    ...(echoAddress !== undefined && { echoAddress }),
  };
}

/** The addresses at which nothing listens, where no more is to be tried than what a service answers. */
function leftOutOf(
  { pairs, inbound, whereListening = false }: ExamineOptions,
  sockets: readonly ListeningSocket[],
): ReadonlySet<string> {
  if (!whereListening || inbound === undefined || inbound.kind === 'ssh') return new Set();
  const { ports } = inbound;
  const addresses = pairs.map(({ pair }) => pair.privateAddress);
  return new Set(
    addresses.filter((address) => !ports.some((port) => takesConnections(sockets, address, port))),
  );
}

/** What concerns mail alone is loaded with the first test that asks for it. */
async function namesOf(
  { pairs, mailNames, shell }: ExamineOptions,
  limits: VantageOptions,
): Promise<ReadonlyMap<string, MailFacts>> {
  if (mailNames === undefined) return new Map();
  const { lookUpNames } = await import('./mail/lookUpNames.ts');
  return lookUpNames(pairs, shell, mailNames, limits);
}

async function mailOf(
  shell: GuestShell,
  addresses: readonly string[],
  host: string,
  { timeoutMilliseconds, signal }: VantageOptions,
): Promise<ReadonlyMap<string, MailAnswer>> {
  const { askMail } = await import('../probe/outbound/mail.ts');
  const ask = { host, port: 25, seconds: Math.ceil(timeoutMilliseconds / 1000) };
  return whereAlive(shell.run(askMail(addresses, ask), { signal }), new Map());
}

/** The guest sees where this machine's connection comes from; another vantage has to ask the echo. */
async function addressOf(
  vantage: Vantage,
  shell: GuestShell,
  echoUrl: string,
  limits: VantageOptions,
): Promise<string | undefined> {
  return vantage.name === '' ? shell.run(whereFrom, limits) : vantage.seenAs(echoUrl, limits);
}

const whereFrom: GuestOperation<string | undefined> = {
  name: 'look where the connection comes from',
  script: 'set -- $SSH_CONNECTION\necho "$1"',
  asRoot: false,
  parse: ({ stdout }) => {
    const from = stdout.toString('utf8').trim();
    return /^[\d.]+$/.test(from) ? from : undefined;
  },
};

/** Without the guest: whether the vantage reaches anything, and what it is seen as. */
async function lookFromOutside(options: ExamineOptions, limits: VantageOptions): Promise<VantageFacts> {
  const { vantage = thisMachine, echoUrl } = options;
  const { hostname: host, port } = placeOf(echoUrl);
  const [address, online] = await Promise.all([
    vantage.seenAs(echoUrl, limits),
    reachesAny(vantage, [{ host, port }], limits),
  ]);
  return { name: vantage.name, online, ...(address !== undefined && { address }) };
}

function unreachable(pair: PairUnderTest, host: string): PairProof {
  const verdict = { state: 'unproven', reason: { code: 'guestUnreachable', host } } as const;
  return { pair, inbound: verdict, outbound: verdict };
}
