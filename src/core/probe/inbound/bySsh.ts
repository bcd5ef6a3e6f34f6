import { isCoreError } from '../../base/errors.ts';
import type { OpenShell } from '../../ssh/shell.ts';
import type { PairUnderTest, Verdict } from '../proof.ts';

/** Proves a pair by logging in over its EIP and reading where the connection arrived; needs no listener. */
export async function proveBySsh(
  { privateAddress, publicIp }: PairUnderTest,
  openTo: (publicIp: string) => OpenShell,
  signal: AbortSignal,
): Promise<Verdict> {
  if (publicIp === undefined) {
    return { state: 'failed', milliseconds: 0, reason: { code: 'noEip', address: privateAddress } };
  }
  const since = performance.now();
  const elapsed = () => Math.round(performance.now() - since);
  try {
    const shell = await openTo(publicIp)(signal);
    const localAddress = await shell.arrivedAt(signal).finally(() => {
      shell.close();
    });
    if (localAddress === privateAddress) {
      return { state: 'passed', milliseconds: elapsed(), evidence: { kind: 'ssh', localAddress } };
    }
    const reason = { code: 'wrongAddress', expected: privateAddress, actual: localAddress } as const;
    return { state: 'failed', milliseconds: elapsed(), reason };
  } catch (error) {
    const milliseconds = elapsed();
    if (isCoreError(error, 'ssh.noAnswer')) {
      return {
        state: 'failed',
        milliseconds,
        reason: { code: 'timeout', host: publicIp, port: error.data.port },
      };
    }
    if (isCoreError(error, 'ssh.refused')) {
      return {
        state: 'failed',
        milliseconds,
        reason: { code: 'refused', host: publicIp, port: error.data.port },
      };
    }
    throw error;
  }
}
