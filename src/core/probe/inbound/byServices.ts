import type { PairUnderTest } from '../proof.ts';
import { combine } from './byListener.ts';
import type { ListenerProof, TellPorts } from './byListener.ts';
import { proveByService } from './byService.ts';

/** Proves every pair on every port with whatever of the guest's own listens there; starts nothing. */
export async function proveByServices(
  pairs: readonly PairUnderTest[],
  proof: ListenerProof,
  tell: TellPorts,
): Promise<void> {
  await Promise.all(
    pairs.map(async ({ privateAddress: address, publicIp }, index) => {
      const ports = await Promise.all(
        proof.ports.map(async (port) => ({
          port,
          verdict:
            publicIp === undefined
              ? ({ state: 'failed', milliseconds: 0, reason: { code: 'noEip', address } } as const)
              : await proveByService(publicIp, { id: '', token: '', address, port }, proof),
        })),
      );
      tell(index, combine(ports), ports);
    }),
  );
}
