import { CoreError, isCoreError } from '../base/errors.ts';
import type { GuestShell, OpenShell } from '../ssh/shell.ts';
import { ProofBoard } from './board.ts';
import { doubtGuest, doubtVantage } from './doubts.ts';
import { proveByListeners } from './inbound/byListener.ts';
import type { TellPorts } from './inbound/byListener.ts';
import { proveByServices } from './inbound/byServices.ts';
import { proveBySsh } from './inbound/bySsh.ts';
import { proveByEcho } from './outbound/byEcho.ts';
import { withEchoOnHost } from './outbound/echoOnHost.ts';
import type { FailureReason, PairProof, PairUnderTest, ProofListener } from './proof.ts';
import { thisMachine } from './vantage.ts';
import type { Vantage, VantageOptions } from './vantage.ts';

/**
 * How the inbound direction is proven: on ports of the user's choice, with listeners of ours or with the guest's
 * own services alone, or by logging in over each EIP.
 */
export type InboundMethod =
  | { readonly kind: 'listener' | 'service'; readonly ports: readonly number[] }
  | { readonly kind: 'ssh'; readonly openTo: (publicIp: string) => OpenShell };

/** What is to be proven, and with what. */
export interface ProveOptions {
  readonly pairs: readonly PairUnderTest[];
  /** A connection to the instance that holds the pairs. */
  readonly shell: GuestShell;
  /** An address echo: an http or https URL whose answer is the caller's IPv4 address and nothing else. */
  readonly echoUrl: string;
  /** Another host that echoes addresses where the echo cannot be reached. */
  readonly echoHost?: GuestShell;
  /** A listener on port 80 unless given. */
  readonly inbound?: InboundMethod;
  /** Private addresses whose ports are not tried from outside, since nothing listens there that is meant to answer. */
  readonly leftOut?: ReadonlySet<string>;
  /** Where the connections come from; this machine unless given. */
  readonly vantage?: Vantage;
  /** How long an answer may take; 5,000. */
  readonly timeoutMilliseconds?: number;
  readonly signal?: AbortSignal;
  readonly onProof?: ProofListener;
}

/**
 * Proves every pair in both directions, all side by side; leaves nothing on the guest.
 *
 * What a pair is found to be is in its verdicts, cancelled or lost ones included. Throws only where nothing
 * can begin: `probe.port`, `probe.echoUrl`, or the `ssh.*` errors of a guest that refuses (such as
 * `ssh.sudoNeedsPassword`, since ports below 1024 need root).
 */
export async function prove(options: ProveOptions): Promise<readonly PairProof[]> {
  const { pairs, shell, onProof = () => undefined, timeoutMilliseconds = 5000 } = options;
  const inbound = options.inbound ?? { kind: 'listener', ports: [80] };
  checkInput(inbound, options.echoUrl);
  const signal = options.signal ?? new AbortController().signal;
  const board = new ProofBoard(pairs, onProof);
  const limits = { timeoutMilliseconds, signal };
  const ended = await Promise.allSettled([
    settle(board, 'inbound', options, signal, () => proveInbound(board, inbound, options, limits)),
    settle(board, 'outbound', options, signal, () => proveOutbound(board, options, limits)),
  ]);
  for (const outcome of ended) if (outcome.status === 'rejected') throw outcome.reason;
  await doubtGuest(board, shell, signal);
  return board.rows;
}

async function proveInbound(
  board: ProofBoard,
  inbound: InboundMethod,
  options: ProveOptions,
  limits: VantageOptions,
): Promise<void> {
  const { pairs, shell, leftOut, vantage = thisMachine } = options;
  if (inbound.kind === 'ssh') {
    await Promise.all(
      pairs.map(async (pair, index) => {
        board.tell('inbound', index, await proveBySsh(pair, inbound.openTo, limits.signal));
      }),
    );
    return;
  }
  const { ports } = inbound;
  const tried = [...pairs.entries()].filter(([, pair]) => leftOut?.has(pair.privateAddress) !== true);
  for (const [index, { privateAddress: address }] of pairs.entries()) {
    if (leftOut?.has(address) !== true) continue;
    board.tell('inbound', index, { state: 'unproven', reason: { code: 'notListening', address, ports } });
  }
  if (tried.length === 0) return;
  const tell: TellPorts = (at, verdict, ofPorts) => {
    const index = tried[at]?.[0];
    if (index !== undefined) board.tell('inbound', index, verdict, ofPorts);
  };
  const proof = { shell, vantage, ports, options: limits };
  const prove = inbound.kind === 'listener' ? proveByListeners : proveByServices;
  await prove(
    tried.map(([, pair]) => pair),
    proof,
    tell,
  );
  await doubtVantage(board, options, limits);
}

async function proveOutbound(
  board: ProofBoard,
  options: ProveOptions,
  limits: VantageOptions,
): Promise<void> {
  const { pairs, shell, echoUrl, echoHost } = options;
  await proveByEcho(pairs, { shell, echoUrl, ...limits }, (index, verdict) => {
    board.tell('outbound', index, verdict);
  });
  const open = [...board.rows.entries()].filter(
    ([, { outbound }]) => outbound.state === 'unproven' && outbound.reason.code === 'echoUnreachable',
  );
  if (echoHost === undefined || open.length === 0) return;
  const seconds = Math.ceil(limits.timeoutMilliseconds / 1000) * 2 + 20;
  await withEchoOnHost(echoHost, { seconds, signal: limits.signal }, async (port) => {
    const other = { shell, echoUrl: `http://${echoHost.host}:${port}/`, ...limits };
    await proveByEcho(
      open.map(([, { pair }]) => pair),
      other,
      (at, verdict) => {
        const index = open[at]?.[0];
        if (index !== undefined) board.tell('outbound', index, verdict);
      },
    );
  });
}

/** Runs one direction; a cancel, a lost guest or vantage becomes the verdict of all that were still waiting. */
async function settle(
  board: ProofBoard,
  direction: 'inbound' | 'outbound',
  { shell, vantage = thisMachine }: ProveOptions,
  signal: AbortSignal,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
    if (signal.aborted) board.finish(direction, { state: 'unproven', reason: { code: 'cancelled' } });
  } catch (error) {
    if (signal.aborted) board.finish(direction, { state: 'unproven', reason: { code: 'cancelled' } });
    else if (isCoreError(error, 'ssh.connectionLost')) {
      const { host } = error.data;
      const reason: FailureReason =
        host === shell.host ? { code: 'guestLost', host } : { code: 'vantageOffline', vantage: vantage.name };
      board.finish(direction, { state: 'unproven', reason });
    } else {
      const message = error instanceof Error ? error.message : String(error);
      board.finish(direction, { state: 'unproven', reason: { code: 'error', message } });
      throw error;
    }
  }
}

function checkInput(inbound: InboundMethod, echoUrl: string): void {
  if (inbound.kind !== 'ssh') {
    for (const port of inbound.ports) {
      if (!Number.isInteger(port) || port < 1 || port > 65_535)
        throw new CoreError('probe.port', { port: String(port) });
    }
  }
  const protocol = URL.canParse(echoUrl) ? new URL(echoUrl).protocol : '';
  if (protocol !== 'http:' && protocol !== 'https:') throw new CoreError('probe.echoUrl', { url: echoUrl });
}
