import { isCoreError } from '../base/errors.ts';
import type { GuestShell } from '../ssh/shell.ts';
import type { ProofBoard } from './board.ts';
import type { PairProof, Verdict } from './proof.ts';
import { placeOf, reachesAny } from './reaches.ts';
import { thisMachine } from './vantage.ts';
import type { Vantage, VantageOptions } from './vantage.ts';

/** What a test's silence may be owing to, besides the addresses. */
export interface Doubted {
  readonly shell: GuestShell;
  readonly echoUrl: string;
  readonly vantage?: Vantage;
}

/** Silence says nothing of a way in where the guest itself has fallen silent meanwhile. */
export async function doubtGuest(board: ProofBoard, shell: GuestShell, signal: AbortSignal): Promise<void> {
  if (!board.rows.some(({ inbound }) => isTimeout(inbound)) || signal.aborted) return;
  const look = { name: 'see whether the guest is still there', script: 'true', asRoot: false };
  try {
    await shell.run({ ...look, parse: () => undefined }, { signal });
  } catch (error) {
    if (!isCoreError(error, 'ssh.connectionLost')) return;
    const lost: Verdict = { state: 'unproven', reason: { code: 'guestLost', host: shell.host } };
    for (const [index, { inbound, ports }] of board.rows.entries()) {
      if (!isTimeout(inbound)) continue;
      const doubted = ports?.map((one) => (isTimeout(one.verdict) ? { ...one, verdict: lost } : one));
      board.tell('inbound', index, lost, doubted);
    }
  }
}

function isTimeout(verdict: Verdict): boolean {
  return verdict.state === 'failed' && verdict.reason.code === 'timeout';
}

/** A vantage that got nothing from anybody may itself be cut off: then its silence proves nothing. */
export async function doubtVantage(
  board: ProofBoard,
  { shell, echoUrl, vantage = thisMachine }: Doubted,
  limits: VantageOptions,
): Promise<void> {
  const answered = board.rows.some(({ ports = [] }) => ports.some(({ verdict }) => wasReached(verdict)));
  const asked = board.rows.some(({ pair }) => pair.publicIp !== undefined);
  if (answered || !asked || limits.signal.aborted) return;
  const { hostname, port } = placeOf(echoUrl);
  const places = [
    { host: hostname, port },
    { host: shell.host, port: 22 },
  ];
  if (await reachesAny(vantage, places, limits)) return;
  for (const [index, { inbound, ports }] of board.rows.entries()) {
    if (inbound.state !== 'failed' || inbound.milliseconds === 0) continue;
    const reason = { code: 'vantageOffline', vantage: vantage.name } as const;
    board.tell('inbound', index, { state: 'unproven', reason }, ports);
  }
}

function wasReached(verdict: PairProof['inbound']): boolean {
  if (verdict.state === 'passed') return true;
  if (verdict.state !== 'failed') return false;
  return ['refused', 'wrongAnswer', 'wrongAddress'].includes(verdict.reason.code);
}
