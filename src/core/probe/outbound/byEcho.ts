import { isIPv4 } from 'node:net';
import type { GuestShell } from '../../ssh/shell.ts';
import type { FailureReason, PairUnderTest, Verdict } from '../proof.ts';
import { addressMissing, askScript, parseAnswer } from './askScript.ts';
import type { OutboundAnswer } from './askScript.ts';

/** What proving outbound with an address echo needs. */
export interface EchoProof {
  readonly shell: GuestShell;
  readonly echoUrl: string;
  readonly timeoutMilliseconds: number;
  readonly signal: AbortSignal;
}

/**
 * Has the guest ask the echo from every private address, and compares what it saw with the EIP.
 *
 * That the echo does not answer says something of a pair only where it answers another one.
 */
export async function proveByEcho(
  pairs: readonly PairUnderTest[],
  proof: EchoProof,
  tell: (index: number, verdict: Verdict) => void,
): Promise<void> {
  const since = performance.now();
  const silent = new Set(pairs.keys());
  let noTool = false;
  const hear = (line: string) => {
    noTool ||= line === 'noTool';
    const answer = parseAnswer(line);
    const pair = pairs[Number(answer?.id)];
    if (answer === undefined || pair === undefined) return;
    const verdict = judge(answer, pair, Math.round(performance.now() - since));
    if (verdict === undefined) return;
    silent.delete(Number(answer.id));
    tell(Number(answer.id), verdict);
  };
  const seconds = Math.ceil(proof.timeoutMilliseconds / 1000);
  const asks = pairs.map(({ privateAddress }, index) => ({ id: String(index), address: privateAddress }));
  await proof.shell.run(
    {
      name: 'ask the address echo',
      script: askScript(asks, proof.echoUrl, seconds),
      asRoot: false,
      parse: () => undefined,
    },
    { signal: proof.signal, onLine: hear },
  );
  for (const index of silent) tell(index, unanswered(proof, silent.size < pairs.length, noTool, since));
}

/** `undefined` where the echo did not answer at all. */
function judge(answer: OutboundAnswer, pair: PairUnderTest, milliseconds: number): Verdict | undefined {
  const failed = (reason: FailureReason): Verdict => ({ state: 'failed', milliseconds, reason });
  if (answer.exitCode === addressMissing) {
    return failed({ code: 'addressNotInOs', address: pair.privateAddress });
  }
  if (answer.exitCode !== 0) return undefined;
  const seenAs = answer.body.trim();
  if (answer.status !== 200 || !isIPv4(seenAs)) {
    const shown = answer.status === 200 ? seenAs : `HTTP ${answer.status} ${seenAs}`;
    return failed({ code: 'wrongAnswer', answer: shown.slice(0, 200) });
  }
  if (pair.publicIp === undefined) return failed({ code: 'noEip', address: pair.privateAddress });
  if (seenAs !== pair.publicIp) {
    return failed({ code: 'wrongAddress', expected: pair.publicIp, actual: seenAs });
  }
  return { state: 'passed', milliseconds, evidence: { kind: 'echo', seenAs } };
}

function unanswered(proof: EchoProof, othersPassed: boolean, noTool: boolean, since: number): Verdict {
  const url = new URL(proof.echoUrl);
  if (noTool) return { state: 'unproven', reason: { code: 'noTool', tried: ['python3', 'curl', 'perl'] } };
  if (!othersPassed) return { state: 'unproven', reason: { code: 'echoUnreachable', url: proof.echoUrl } };
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  return {
    state: 'failed',
    milliseconds: Math.round(performance.now() - since),
    reason: { code: 'timeout', host: url.hostname, port },
  };
}
