import { shellQuote } from '../../base/quoting.ts';
import type { GuestOperation } from '../../ssh/shell.ts';

/** How a connection from one address to port 25 of a mail server went. */
export type MailAnswer = 'open' | 'timeout' | 'refused' | 'unknown';

const python = `
import errno, socket, sys
host, port, address, seconds = sys.argv[1:]
try:
    socket.create_connection((host, int(port)), float(seconds), (address, 0))
    print("open")
except socket.timeout:
    print("timeout")
except OSError as error:
    print({errno.ECONNREFUSED: "refused", errno.ETIMEDOUT: "timeout"}.get(error.errno, "unknown"))
`;

const perl = `
use strict; use Errno; use IO::Socket::INET;
my ($host, $port, $address, $seconds) = @ARGV;
my $link = IO::Socket::INET->new(PeerAddr => $host, PeerPort => $port, LocalAddr => $address, Proto => "tcp", Timeout => $seconds);
print $link ? "open" : $!{ECONNREFUSED} ? "refused" : $!{ETIMEDOUT} ? "timeout" : "unknown", "\\n";
`;

/** Connects from each address of the guest to a mail server, all at once, and says nothing to it. */
export function askMail(
  addresses: readonly string[],
  { host, port, seconds }: { readonly host: string; readonly port: number; readonly seconds: number },
): GuestOperation<ReadonlyMap<string, MailAnswer>> {
  const target = [host, String(port)].map(shellQuote).join(' ');
  const script = `
have() { command -v "$1" >/dev/null 2>&1; }
if have python3 && python3 -c 'import socket' 2>/dev/null; then ask() { python3 -c ${shellQuote(python)} ${target} "$1" ${seconds}; }
elif have perl; then ask() { perl -e ${shellQuote(perl)} ${target} "$1" ${seconds}; }
elif have nc; then ask() { nc -w ${seconds} -s "$1" ${target} </dev/null >/dev/null 2>&1 && echo open || echo unknown; }
else ask() { echo unknown; }
fi
tell() { said=$(ask "$1" 2>/dev/null); echo "$1 \${said:-unknown}"; }
${addresses.map((address) => `tell ${shellQuote(address)} &`).join('\n')}
wait
`;
  return {
    name: 'connect to port 25',
    script,
    asRoot: false,
    parse: ({ stdout }) =>
      new Map(
        stdout
          .toString('utf8')
          .split('\n')
          .flatMap((line) => {
            const [address = '', word = ''] = line.split(' ');
            return isAnswer(word) ? [[address, word] as const] : [];
          }),
      ),
  };
}

function isAnswer(word: string): word is MailAnswer {
  return ['open', 'timeout', 'refused', 'unknown'].includes(word);
}
