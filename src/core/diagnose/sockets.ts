import type { ListeningSocket } from './facts.ts';

const ALL = new Set(['0.0.0.0', '*', '::', '[::]']);

/** Whether a service of the guest takes connections to this address at this port. */
export function takesConnections(
  sockets: readonly ListeningSocket[],
  address: string,
  port: number,
): boolean {
  return sockets.some((one) => one.port === port && (ALL.has(one.address) || one.address === address));
}
