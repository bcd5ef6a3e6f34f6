import type { PairFacts } from '../facts.ts';
import { finding } from '../finding.ts';
import type { Finding } from '../finding.ts';

const ALL = new Set(['0.0.0.0', '*', '::', '[::]']);

/** The service, where one of the guest's own is to answer: nothing listens, or not on this address. */
export function listening({ guest, service, ports, address }: PairFacts): readonly Finding[] {
  if (!service || guest === undefined) return [];
  return ports.flatMap((port) => {
    const sockets = guest.sockets.filter((socket) => socket.port === port);
    if (sockets.some((socket) => ALL.has(socket.address) || socket.address === address.address)) return [];
    const others = sockets.map((socket) => socket.address);
    const seen = [{ source: `ss -ltn sport = :${port}`, shown: others.join(', ') || '–' }];
    const data = { address: address.address, port };
    return others.length === 0
      ? [finding('nothingListens', data, seen)]
      : [finding('listensElsewhere', { ...data, others }, seen)];
  });
}
