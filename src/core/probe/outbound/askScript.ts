import { shellQuote } from '../../base/quoting.ts';

/** One request that the guest is to make: from which address, under which id. */
export interface OutboundAsk {
  /** Letters and digits. */
  readonly id: string;
  readonly address: string;
}

/** One exit code for every tool: curl's own. */
export const addressMissing = 45;

const python = `
import errno, http.client, sys, urllib.parse
url, address, seconds = sys.argv[1:]
parts = urllib.parse.urlsplit(url)
kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
try:
    link = kind(parts.hostname, parts.port, timeout=float(seconds), source_address=(address, 0))
    link.request("GET", (parts.path or "/") + ("?" + parts.query if parts.query else ""), headers={"Accept": "text/plain"})
    answer = link.getresponse()
    sys.stdout.buffer.write(answer.read(4096))
    sys.stdout.write("\\n%d" % answer.status)
except OSError as error:
    sys.exit(45 if error.errno == errno.EADDRNOTAVAIL else 7)
except http.client.HTTPException:
    sys.exit(52)
`;

const perl = `
use strict; use Errno; use IO::Socket::INET;
my ($url, $address, $seconds) = @ARGV;
my ($host, $port, $path) = $url =~ m{^http://([^/:?]+)(?::(\\d+))?([^#]*)} or exit 1;
$path = "/$path" if $path !~ m{^/};
$SIG{ALRM} = sub { exit 28 }; alarm $seconds;
my $link = IO::Socket::INET->new(PeerAddr => $host, PeerPort => $port || 80, LocalAddr => $address, Proto => "tcp")
  or exit($!{EADDRNOTAVAIL} ? 45 : 7);
print $link "GET $path HTTP/1.0\\r\\nHost: $host\\r\\nAccept: text/plain\\r\\n\\r\\n";
local $/; my $answer = <$link>;
my ($status, $body) = $answer =~ m{^HTTP/\\S+ (\\d+).*?\\r?\\n\\r?\\n(.*)}s or exit 52;
print substr($body, 0, 4096), "\\n$status";
`;

/**
 * Shell that asks an address echo from each address at once, with curl, else python3, else (http alone) perl.
 *
 * Prints a line each: the id, curl's exit code, and in hexadecimal the body, a line end and the HTTP status;
 * or `noTool`. Redirects are not followed.
 */
export function askScript(asks: readonly OutboundAsk[], url: string, seconds: number): string {
  const address = shellQuote(url);
  const perlAsk = url.startsWith('http://')
    ? `elif have perl; then ask() { perl -e ${shellQuote(perl)} ${address} "$1" ${seconds}; }`
    : '';
  return `
have() { command -v "$1" >/dev/null 2>&1; }
if have curl; then ask() { curl -q -s --noproxy '*' -4 -m ${seconds} --interface "$1" -H 'Accept: text/plain' -w '\\n%{http_code}' ${address}; }
elif have python3 && python3 -c 'import http.client' 2>/dev/null; then ask() { python3 -c ${shellQuote(python)} ${address} "$1" ${seconds}; }
${perlAsk}
else echo noTool; exit
fi
tell() {
  body=$( { ask "$2" 2>/dev/null; echo " $?"; } | head -c 5000 | od -An -v -tx1 | tr -d ' \\n')
  echo "$1 $body"
}
${asks.map(({ id, address: from }) => `tell ${shellQuote(id)} ${shellQuote(from)} &`).join('\n')}
wait
`;
}

/** What the guest got for one ask. */
export interface OutboundAnswer {
  readonly id: string;
  /** curl's exit code, whatever the tool was. */
  readonly exitCode: number;
  readonly body: string;
  readonly status: number;
}

/** Reads a line of what `askScript` prints. */
export function parseAnswer(line: string): OutboundAnswer | undefined {
  const [id, hex] = line.split(' ');
  if (id === undefined || hex === undefined) return undefined;
  const match = /^(?:([^]*)\n(\d*))? (\d+)\n$/.exec(Buffer.from(hex, 'hex').toString('utf8'));
  if (match === null) return undefined;
  return { id, body: match[1] ?? '', status: Number(match[2] ?? 0), exitCode: Number(match[3]) };
}
