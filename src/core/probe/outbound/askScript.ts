import { shellQuote } from '../../base/quoting.ts';

/** One request that the guest is to make: from which address, under which id. */
export interface OutboundAsk {
  /** Letters and digits. */
  readonly id: string;
  readonly address: string;
}

/** One exit code for every tool: curl's own. */
export const addressMissing = 45;

/** Asks from all addresses in one process; ends with 60 where a certificate was refused, which curl may know. */
const python = `
import binascii, errno, http.client, os, socket, sys, threading, time, urllib.parse
url, seconds, asks = sys.argv[1], float(sys.argv[2]), sys.argv[3:]
end = time.monotonic() + seconds
parts = urllib.parse.urlsplit(url)
tls = parts.scheme == "https"
port = parts.port or (443 if tls else 80)
path = (parts.path or "/") + ("?" + parts.query if parts.query else "")
if tls:
    import ssl
    context = ssl.create_default_context()
lock = threading.Lock()
refused = []
def reach(address):
    for place in places:
        link = socket.socket()
        link.settimeout(seconds)
        link.bind((address, 0))
        try:
            link.connect(place)
            return context.wrap_socket(link, server_hostname=parts.hostname) if tls else link
        except OSError as error:
            if tls and isinstance(error, ssl.SSLError):
                refused.append(address)
            failure = error
    raise failure
def ask(address):
    try:
        if tls:
            talk = http.client.HTTPSConnection(parts.hostname, port, context=context)
        else:
            talk = http.client.HTTPConnection(parts.hostname, port)
        talk.sock = reach(address)
        talk.request("GET", path, headers={"Accept": "text/plain"})
        answer = talk.getresponse()
        return b"HTTP/1.1 %d\\r\\n\\r\\n" % answer.status + answer.read(4096) + b" 0\\n"
    except OSError as error:
        return b" 45\\n" if error.errno == errno.EADDRNOTAVAIL else b" 7\\n"
    except http.client.HTTPException:
        return b" 52\\n"
def tell(spot, address):
    answer = binascii.hexlify(ask(address)).decode()
    with lock:
        print(spot, answer, flush=True)
try:
    places = [found[4] for found in socket.getaddrinfo(parts.hostname, port, socket.AF_INET, socket.SOCK_STREAM)]
except OSError:
    sys.exit(0)
threads = [threading.Thread(target=tell, args=asks[at:at + 2], daemon=True) for at in range(0, len(asks), 2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join(max(0, end - time.monotonic()))
with lock:
    os._exit(60 if refused else 0)
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
exit 52 if $answer !~ m{^HTTP/};
print $answer;
`;

/**
 * Shell that asks an address echo from each address at once: with python3, which does so in one process, else with
 * curl, else (http alone) perl.
 *
 * Prints a line each: the id, and in hexadecimal the answer's beginning, head first, a space and curl's exit code,
 * which is missing where the answer was cut off; or `noTool`. Redirects are not followed.
 */
export function askScript(asks: readonly OutboundAsk[], url: string, seconds: number): string {
  const address = shellQuote(url);
  const words = asks.flatMap(({ id, address: from }) => [id, from]).map(shellQuote);
  const perlAsk = url.startsWith('http://')
    ? `elif have perl; then ask() { perl -e ${shellQuote(perl)} ${address} "$1" ${seconds}; }`
    : '';
  return `
have() { command -v "$1" >/dev/null 2>&1; }
if have python3; then
  timeout ${seconds + 2} python3 -c ${shellQuote(python)} ${address} ${seconds} ${words.join(' ')} 2>/dev/null
  case $? in 0 | 124) exit ;; esac
fi
if have curl; then ask() { curl -q -s -i --noproxy '*' -4 -m ${seconds} --interface "$1" -H 'Accept: text/plain' ${address}; }
${perlAsk}
else echo noTool; exit
fi
tell() {
  answer=$( { ask "$2" 2>/dev/null; echo " $?"; } | head -c 5000 | od -An -v -tx1 | tr -d ' \\n')
  echo "$1 $answer"
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
  const text = Buffer.from(hex, 'hex').toString('utf8');
  const [ending, exitCode = '0'] = / (\d+)\n$/.exec(text) ?? [''];
  const answer = text.slice(0, text.length - ending.length);
  // What comes before the answer itself, such as early hints, has a head of its own.
  const head = /^(?:HTTP\/\S+ 1\d\d[^]*?\r?\n\r?\n)*HTTP\/\S+ (\d+)(?:[^]*?\r?\n\r?\n|[^]*$)/.exec(answer);
  const body = head === null ? '' : answer.slice(head[0].length);
  return { id, body, status: Number(head?.[1] ?? 0), exitCode: Number(exitCode) };
}
