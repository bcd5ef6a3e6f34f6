import { shellQuote } from '../../base/quoting.ts';
import type { GuestOperation } from '../../ssh/shell.ts';
import type { Verdict } from '../proof.ts';
import type { Vantage, VantageOptions } from '../vantage.ts';
import type { ListenerProof } from './byListener.ts';
import type { ListenerSpot } from './listeners.ts';

/**
 * Where a service holds the port already: connects to that, and asks the guest whether a connection that was
 * not there before has arrived at the private address. Without `ss` on the guest it stays unproven.
 */
export async function proveByService(
  publicIp: string,
  spot: ListenerSpot,
  { shell, vantage, options }: ListenerProof,
): Promise<Verdict> {
  const { address, port } = spot;
  const { signal } = options;
  const taken: Verdict = { state: 'unproven', reason: { code: 'portTaken', address, port } };
  const before = await shell.run(peersOf(spot), { signal });
  if (before === undefined) return taken;
  const since = performance.now();
  const answer = await vantage.hold(publicIp, port, options, async () => {
    const now = (await shell.run(peersOf(spot), { signal })) ?? [];
    return now.some((peer) => !before.includes(peer));
  });
  const milliseconds = Math.round(performance.now() - since);
  switch (answer.kind) {
    case 'connected':
      if (!answer.result && !(await isOurs(publicIp, spot, vantage, options))) return taken;
      return { state: 'passed', milliseconds, evidence: { kind: 'service', port, localAddress: address } };
    case 'timeout':
    case 'refused':
      return { state: 'failed', milliseconds, reason: { code: answer.kind, host: publicIp, port } };
    case 'failed':
      return { state: 'failed', milliseconds, reason: { code: 'error', message: answer.message } };
  }
}

/** Whether what holds the port is the listener of another test on the same guest: it says where it was reached. */
async function isOurs(
  publicIp: string,
  { address, port }: ListenerSpot,
  vantage: Vantage,
  options: VantageOptions,
): Promise<boolean> {
  const answer = await vantage.ask(publicIp, port, options);
  if (answer.kind !== 'answer') return false;
  const [token = '', localAddress] = answer.text.trim().split(' ');
  return /^[0-9a-f]{32}$/.test(token) && localAddress === address;
}

/** Who is connected to a spot; `undefined` where the guest has no way to tell. */
function peersOf({ address, port }: ListenerSpot): GuestOperation<readonly string[] | undefined> {
  return {
    name: 'look who is connected',
    script: `ss -Htn state established src ${shellQuote(`${address}:${port}`)}`,
    asRoot: false,
    parse: ({ code, stdout }) =>
      code === 0
        ? stdout
            .toString('utf8')
            .split('\n')
            .flatMap((line) => line.trim().split(/\s+/).slice(-1))
            .filter((peer) => peer !== '')
        : undefined,
  };
}
