import { CoreError } from '../../base/errors.ts';
import type { OpenShell } from '../../ssh/shell.ts';
import type { ConfigureGuest } from '../configureGuest.ts';

/** sshd by default turns logins away when ten are under way at once. */
const loginsAtOnce = 5;

/**
 * Logs in through each new Elastic IP, and has the guest say at which of its addresses that arrived.
 *
 * Throws `guest.arrivedElsewhere`, or the `ssh.*` error of the login.
 */
export async function proveThrough(
  { bringUp, through = [] }: ConfigureGuest,
  openThrough: (publicIp: string) => OpenShell,
  signal: AbortSignal,
): Promise<void> {
  const isNew = new Set(bringUp.map(({ address }) => address));
  const left = through.filter(({ address }) => isNew.has(address));
  while (left.length > 0) {
    await Promise.all(
      left.splice(0, loginsAtOnce).map(async ({ address, publicIp }) => {
        const shell = await openThrough(publicIp)(signal);
        const actual = await shell.arrivedAt(signal).finally(() => {
          shell.close();
        });
        if (actual === address) return;
        throw new CoreError('guest.arrivedElsewhere', { publicIp, expected: address, actual });
      }),
    );
  }
}
