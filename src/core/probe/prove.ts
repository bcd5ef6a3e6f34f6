import { CoreError, isCoreError } from '../base/errors.ts';
import type { GuestShell, OpenShell } from '../ssh/shell.ts';
import { ProofBoard } from './board.ts';
import { proveByListeners } from './inbound/byListener.ts';
import { proveBySsh } from './inbound/bySsh.ts';
import { proveByEcho } from './outbound/byEcho.ts';
import type { PairProof, PairUnderTest, ProofListener, Verdict } from './proof.ts';
import { thisMachine } from './vantage.ts';
import type { Vantage } from './vantage.ts';

/** How the inbound direction is proven: on ports of the user's choice, or by logging in over each EIP. */
export type InboundMethod =
  | { readonly kind: 'listener'; readonly ports: readonly number[] }
  | { readonly kind: 'ssh'; readonly openTo: (publicIp: string) => OpenShell };

/** What is to be proven, and with what. */
export interface ProveOptions {
  readonly pairs: readonly PairUnderTest[];
  /** A connection to the instance that holds the pairs. */
  readonly shell: GuestShell;
  /** An address echo: an http or https URL whose answer is the caller's IPv4 address and nothing else. */
  readonly echoUrl: string;
  /** A listener on port 80 unless given. */
  readonly inbound?: InboundMethod;
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
  const tell = (direction: 'inbound' | 'outbound') => (index: number, verdict: Verdict) => {
    board.tell(direction, index, verdict);
  };
  const proveInbound = async () => {
    if (inbound.kind === 'ssh') {
      await Promise.all(
        pairs.map(async (pair, index) => {
          board.tell('inbound', index, await proveBySsh(pair, inbound.openTo, signal));
        }),
      );
      return;
    }
    const { vantage = thisMachine } = options;
    await proveByListeners(pairs, { shell, vantage, ports: inbound.ports, options: limits }, tell('inbound'));
  };
  const proveOutbound = () =>
    proveByEcho(pairs, { shell, echoUrl: options.echoUrl, ...limits }, tell('outbound'));
  const ended = await Promise.allSettled([
    settle(board, 'inbound', shell, signal, proveInbound),
    settle(board, 'outbound', shell, signal, proveOutbound),
  ]);
  for (const outcome of ended) if (outcome.status === 'rejected') throw outcome.reason;
  return board.rows;
}

/** Runs one direction; a cancel or a lost guest becomes the verdict of all that were still waiting. */
async function settle(
  board: ProofBoard,
  direction: 'inbound' | 'outbound',
  shell: GuestShell,
  signal: AbortSignal,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
    if (signal.aborted) board.finish(direction, { state: 'unproven', reason: { code: 'cancelled' } });
  } catch (error) {
    if (signal.aborted) board.finish(direction, { state: 'unproven', reason: { code: 'cancelled' } });
    else if (isCoreError(error, 'ssh.connectionLost')) {
      board.finish(direction, { state: 'unproven', reason: { code: 'guestLost', host: shell.host } });
    } else {
      const message = error instanceof Error ? error.message : String(error);
      board.finish(direction, { state: 'unproven', reason: { code: 'error', message } });
      throw error;
    }
  }
}

function checkInput(inbound: InboundMethod, echoUrl: string): void {
  if (inbound.kind === 'listener') {
    for (const port of inbound.ports) {
      if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new CoreError('probe.port', { port });
    }
  }
  const protocol = URL.canParse(echoUrl) ? new URL(echoUrl).protocol : '';
  if (protocol !== 'http:' && protocol !== 'https:') throw new CoreError('probe.echoUrl', { url: echoUrl });
}
