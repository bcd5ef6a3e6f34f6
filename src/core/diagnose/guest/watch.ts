import { interpreted } from '../../probe/interpreted.ts';
import type { GuestShell } from '../../ssh/shell.ts';

const python = `
import socket, struct, sys
link = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(0x0800))
print("watching", flush=True)
while True:
    packet = link.recv(128)
    at = (packet[0] & 15) * 4
    if packet[9] != 6 or len(packet) < at + 14 or packet[at + 13] & 18 != 2:
        continue
    print("syn", socket.inet_ntoa(packet[16:20]), struct.unpack("!H", packet[at + 2:at + 4])[0], flush=True)
`;

const perl = `
use strict; $| = 1;
socket(my $link, 17, 2, unpack("S", pack("n", 0x0800))) or exit 1;
print "watching\\n";
while (defined recv($link, my $packet, 128, 0)) {
  my @bytes = unpack "C*", $packet;
  my $at = ($bytes[0] & 15) * 4;
  next if $bytes[9] != 6 || @bytes < $at + 14 || ($bytes[$at + 13] & 18) != 2;
  print "syn ", join(".", @bytes[16 .. 19]), " ", $bytes[$at + 2] * 256 + $bytes[$at + 3], "\\n";
}
`;

/** What watching the guest's interfaces saw: connections that began, before any rule of the guest saw them. */
export interface Watch {
  /** Ports by address; absent where the guest has nothing to watch with. */
  stop(): Promise<ReadonlyMap<string, ReadonlySet<number>> | undefined>;
}

/** Begins to watch for connections; resolves when it does. It ends with `stop`, the signal or the connection. */
export async function watchArrivals(
  shell: GuestShell,
  { seconds, signal }: { readonly seconds: number; readonly signal: AbortSignal },
): Promise<Watch> {
  const stop = new AbortController();
  const began = Promise.withResolvers<boolean>();
  const seen = new Map<string, Set<number>>();
  const hear = (line: string) => {
    const [word, address = '', port = ''] = line.split(' ');
    if (word === 'watching') began.resolve(true);
    if (word === 'syn') seen.set(address, (seen.get(address) ?? new Set()).add(Number(port)));
  };
  const script = interpreted({ python, perl }, seconds);
  const operation = {
    ...{ name: 'watch for connections', script, asRoot: true, endsWithCaller: true },
    parse: () => undefined,
  };
  const ended = shell
    .run(operation, { signal: AbortSignal.any([signal, stop.signal]), onLine: hear })
    .catch(() => undefined)
    .then(() => {
      began.resolve(false);
    });
  const watches = await began.promise;
  return {
    stop: async () => {
      stop.abort();
      await ended;
      return watches ? seen : undefined;
    },
  };
}
