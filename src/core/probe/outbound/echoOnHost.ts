import type { GuestShell } from '../../ssh/shell.ts';
import { interpreted } from '../interpreted.ts';

const python = `
import socket, sys, threading
listener = socket.socket()
listener.bind(("0.0.0.0", 0))
listener.listen(64)
print("port", listener.getsockname()[1], flush=True)
def tell(caller, peer):
    try:
        caller.settimeout(5)
        caller.recv(4096)
        caller.sendall(("HTTP/1.0 200 OK\\r\\nContent-Type: text/plain\\r\\nConnection: close\\r\\n\\r\\n%s\\n" % peer).encode())
    except OSError:
        pass
    caller.close()
while True:
    caller, peer = listener.accept()
    threading.Thread(target=tell, args=(caller, peer[0]), daemon=True).start()
`;

const perl = `
use strict; use IO::Select; use IO::Socket::INET;
$| = 1; $SIG{PIPE} = "IGNORE";
my $listener = IO::Socket::INET->new(LocalAddr => "0.0.0.0", LocalPort => 0, Proto => "tcp", Listen => 64) or exit 1;
print "port ", $listener->sockport, "\n";
while (my $caller = $listener->accept) {
  sysread $caller, my $asked, 4096 if IO::Select->new($caller)->can_read(5);
  print $caller "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n", $caller->peerhost, "\n";
  close $caller;
}
`;

/** Runs an address echo of our own on another host while `use` works with its port; nothing if it cannot. */
export async function withEchoOnHost(
  shell: GuestShell,
  { seconds, signal }: { readonly seconds: number; readonly signal: AbortSignal },
  use: (port: number) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  const port = Promise.withResolvers<number | undefined>();
  const script = interpreted({ python, perl }, seconds);
  const operation = {
    name: 'echo addresses',
    script,
    asRoot: false,
    endsWithCaller: true,
    parse: () => undefined,
  };
  const ended = shell
    .run(operation, {
      signal: AbortSignal.any([signal, stop.signal]),
      onLine: (line) => {
        const [, number] = /^port (\d+)$/.exec(line) ?? [];
        if (number !== undefined) port.resolve(Number(number));
      },
    })
    .catch(() => undefined)
    .then(() => {
      port.resolve(undefined);
    });
  try {
    const found = await port.promise;
    if (found !== undefined) await use(found);
  } finally {
    stop.abort();
    await ended;
  }
}
