import { randomBytes } from 'node:crypto';
import type { GuestShell } from '../../ssh/shell.ts';
import type { FailureReason, PairUnderTest, PortVerdict, Verdict } from '../proof.ts';
import type { Vantage, VantageAnswer, VantageOptions } from '../vantage.ts';
import { proveByService } from './byService.ts';
import { startListeners } from './listen.ts';
import type { Listeners, ListenerState } from './listen.ts';
import type { ListenerSpot } from './listeners.ts';

/** What proving inbound with listeners needs. */
export interface ListenerProof {
  readonly shell: GuestShell;
  readonly vantage: Vantage;
  readonly ports: readonly number[];
  readonly options: VantageOptions;
}

/** Told of a pair's verdict, and of those of its ports. */
export type TellPorts = (index: number, verdict: Verdict, ports: readonly PortVerdict[]) => void;

/** Proves every pair that has an EIP on every port; `tell` is called with each pair's index and verdict. */
export async function proveByListeners(
  pairs: readonly PairUnderTest[],
  proof: ListenerProof,
  tell: TellPorts,
): Promise<void> {
  const spots = pairs.map((pair, index) =>
    proof.ports.map((port) => ({
      id: `${index}p${port}`,
      address: pair.privateAddress,
      port,
      token: randomBytes(16).toString('hex'),
    })),
  );
  await withListeners(spots.flat(), proof, async (listeners) => {
    await Promise.all(
      pairs.map(async (pair, index) => {
        const verdicts = (spots[index] ?? []).map(async (spot) => ({
          port: spot.port,
          verdict: await proveSpot(pair, spot, listeners, proof),
        }));
        const ports = await Promise.all(verdicts);
        tell(index, combine(ports), ports);
      }),
    );
  });
}

async function withListeners<T>(
  spots: readonly ListenerSpot[],
  { shell, options: { timeoutMilliseconds, signal } }: ListenerProof,
  use: (listeners: Listeners) => Promise<T>,
): Promise<T> {
  const seconds = Math.ceil(timeoutMilliseconds / 1000) * 2 + 20;
  const listeners = startListeners(shell, spots, { seconds, signal });
  try {
    return await use(listeners);
  } finally {
    await listeners.stop();
  }
}

/** A pair passes where each of its ports does; what failed counts before what could not be proven. */
export function combine(ports: readonly PortVerdict[]): Verdict {
  const verdicts = ports.map(({ verdict }) => verdict);
  return (
    verdicts.find(({ state }) => state === 'failed') ??
    verdicts.find(({ state }) => state === 'unproven') ??
    verdicts[0] ?? { state: 'pending' }
  );
}

async function proveSpot(
  pair: PairUnderTest,
  spot: ListenerSpot,
  listeners: Listeners,
  proof: ListenerProof,
): Promise<Verdict> {
  const { publicIp } = pair;
  if (publicIp === undefined) {
    return { state: 'failed', milliseconds: 0, reason: { code: 'noEip', address: spot.address } };
  }
  const state = await listeners.state(spot.id);
  if (state === 'taken') return proveTaken(pair, publicIp, spot, proof);
  if (state !== 'ready') return notListening(state, spot);
  const since = performance.now();
  const answer = await listeners.whileThere((signal) =>
    proof.vantage.ask(publicIp, spot.port, { ...proof.options, signal }),
  );
  return judge(answer, publicIp, spot, Math.round(performance.now() - since));
}

/** What held a port may have been the listener of another test, and gone by now: then ours takes its place. */
async function proveTaken(
  pair: PairUnderTest,
  publicIp: string,
  spot: ListenerSpot,
  proof: ListenerProof,
): Promise<Verdict> {
  const verdict = await proveByService(publicIp, spot, proof);
  const mayBeFree = 'reason' in verdict && ['refused', 'portTaken'].includes(verdict.reason.code);
  if (!mayBeFree) return verdict;
  return withListeners([spot], proof, async (listeners) =>
    (await listeners.state(spot.id)) === 'taken' ? verdict : proveSpot(pair, spot, listeners, proof),
  );
}

function notListening(state: Exclude<ListenerState, 'ready' | 'taken'>, spot: ListenerSpot): Verdict {
  switch (state) {
    case 'missing': {
      const reason: FailureReason = { code: 'addressNotInOs', address: spot.address };
      return { state: 'failed', milliseconds: 0, reason };
    }
    case 'noTool':
      return {
        state: 'unproven',
        reason: { code: 'noTool', tried: ['python3', 'perl', 'socat', 'ncat', 'nc', 'busybox'] },
      };
    case 'failed':
      return { state: 'unproven', reason: { code: 'error', message: 'the listener did not start' } };
  }
}

function judge(answer: VantageAnswer, host: string, spot: ListenerSpot, milliseconds: number): Verdict {
  const { port, token, address } = spot;
  const failed = (reason: FailureReason): Verdict => ({ state: 'failed', milliseconds, reason });
  switch (answer.kind) {
    case 'timeout':
    case 'refused':
      return failed({ code: answer.kind, host, port });
    case 'failed':
      return failed({ code: 'error', message: answer.message });
    case 'answer': {
      const [answeredToken, localAddress = ''] = answer.text.trim().split(' ');
      if (answeredToken !== token) return failed({ code: 'wrongAnswer', answer: answer.text.slice(0, 200) });
      if (localAddress !== address) {
        return failed({ code: 'wrongAddress', expected: address, actual: localAddress });
      }
      return { state: 'passed', milliseconds, evidence: { kind: 'token', port, localAddress } };
    }
  }
}
