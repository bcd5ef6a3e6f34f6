import type { PairFacts } from '../facts.ts';
import { finding } from '../finding.ts';
import type { Finding } from '../finding.ts';
import { takesConnections } from '../sockets.ts';

/** The service, where one of the guest's own is to answer: nothing listens, or not on this address. */
export function listening({ guest, service, ports, address }: PairFacts): readonly Finding[] {
  if (!service || guest === undefined) return [];
  return ports.flatMap((port) => {
    if (takesConnections(guest.sockets, address.address, port)) return [];
    const others = guest.sockets.filter((socket) => socket.port === port).map((socket) => socket.address);
    const seen = [{ source: `ss -ltn sport = :${port}`, shown: others.join(', ') || '–' }];
    const data = { address: address.address, port };
    return others.length === 0
      ? [finding('nothingListens', data, seen)]
      : [finding('listensElsewhere', { ...data, others }, seen)];
  });
}
