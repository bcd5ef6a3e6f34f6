import { shellQuote } from '../base/quoting.ts';
import type { GuestOperation, GuestShell } from '../ssh/shell.ts';
import { addressIn } from './vantage.ts';
import type { Vantage, VantageAnswer, VantageHold, VantageOptions } from './vantage.ts';

const python = `
import errno, os, socket, sys
host, port, seconds, holds = sys.argv[1:]
try:
    link = socket.create_connection((host, int(port)), float(seconds))
except socket.timeout:
    print("timeout"); sys.exit()
except OSError as error:
    words = {errno.ECONNREFUSED: "refused", errno.ETIMEDOUT: "timeout"}
    print(words.get(error.errno, "failed %s" % error)); sys.exit()
print("connected", flush=True)
if holds == "1":
    os.read(3, 1); sys.exit()
heard = b""
try:
    while b"\\n" not in heard and len(heard) < 256:
        chunk = link.recv(256)
        if not chunk: break
        heard += chunk
except OSError:
    pass
print("heard", heard.hex())
`;

const perl = `
use strict; use Errno; use IO::Select; use IO::Socket::INET;
$| = 1;
my ($host, $port, $seconds, $holds) = @ARGV;
my $link = IO::Socket::INET->new(PeerAddr => $host, PeerPort => $port, Proto => "tcp", Timeout => $seconds);
if (!$link) { print $!{ECONNREFUSED} ? "refused" : $!{ETIMEDOUT} ? "timeout" : "failed $!", "\n"; exit }
print "connected\n";
if ($holds) { open my $caller, "<&=3"; sysread $caller, my $nothing, 1; exit }
my $heard = "";
while ($heard !~ /\n/ && length $heard < 256) {
  IO::Select->new($link)->can_read($seconds) or last;
  sysread($link, my $chunk, 256) or last;
  $heard .= $chunk;
}
print "heard ", unpack("H*", $heard), "\n";
`;

function connectScript(host: string, port: number, seconds: number, holds: boolean): string {
  const words = [host, String(port), String(seconds), holds ? '1' : ''].map(shellQuote).join(' ');
  const bash =
    'exec 4<>"/dev/tcp/$0/$1" && echo connected && if [ -n "$3" ]; then cat <&3; else head -n 1 <&4; fi';
  return `
have() { command -v "$1" >/dev/null 2>&1; }
if have python3 && python3 -c 'import socket' 2>/dev/null; then python3 -c ${shellQuote(python)} ${words} 3<&3
elif have perl; then perl -e ${shellQuote(perl)} ${words}
elif have bash; then
  said=$(timeout ${seconds} bash -c ${shellQuote(bash)} ${words} 2>&1) || case $? in 124) said=timeout ;; esac
  case $said in
    connected*) echo connected; printf 'heard '; printf '%s' "\${said#connected}" | od -An -v -tx1 | tr -d ' \n'; echo ;;
    timeout) echo timeout ;;
    *refused*) echo refused ;;
    *) echo "failed $said" | head -n 1 ;;
  esac
else echo 'failed no python3, perl or bash'
fi
`;
}

/** Another host as the vantage, over a connection to it; needs python3, perl or bash there. */
export function sshVantage(shell: GuestShell, name: string): Vantage {
  return {
    name,
    ask: async (host, port, options) => {
      const lines = await shell.run(connecting(host, port, options, false), { signal: options.signal });
      const heard = lines.find((line) => line.startsWith('heard '));
      if (heard === undefined)
        return failureOf(lines[0] ?? '') ?? { kind: 'failed', message: lines.join(' ') };
      const text = Buffer.from(heard.slice(6), 'hex').toString('latin1').trimStart().split('\n', 1)[0] ?? '';
      return text === '' ? { kind: 'failed', message: 'closed without an answer' } : { kind: 'answer', text };
    },
    hold: (host, port, options, use) => hold(shell, host, port, options, use),
    seenAs: async (echoUrl, options) => addressIn(await shell.run(asking(echoUrl, options), options)),
  };
}

function connecting(
  host: string,
  port: number,
  { timeoutMilliseconds }: VantageOptions,
  holds: boolean,
): GuestOperation<readonly string[]> {
  return {
    name: `connect to ${host}:${port}`,
    script: connectScript(host, port, Math.max(1, Math.ceil(timeoutMilliseconds / 1000)), holds),
    asRoot: false,
    ...(holds && { endsWithCaller: true }),
    parse: ({ stdout }) =>
      stdout
        .toString('utf8')
        .split('\n')
        .filter((line) => line !== ''),
  };
}

function asking(echoUrl: string, { timeoutMilliseconds }: VantageOptions): GuestOperation<string> {
  const seconds = Math.max(1, Math.ceil(timeoutMilliseconds / 1000));
  const url = shellQuote(echoUrl);
  const python =
    'import sys, urllib.request as r; print(r.urlopen(sys.argv[1], timeout=float(sys.argv[2])).read(256).decode())';
  return {
    name: 'ask the address echo',
    script: `
if command -v curl >/dev/null 2>&1; then curl -q -s --noproxy '*' -4 -m ${seconds} ${url}
elif command -v wget >/dev/null 2>&1; then wget -q -T ${seconds} -t 1 -O - ${url}
else python3 -c ${shellQuote(python)} ${url} ${seconds}
fi 2>/dev/null | head -c 256`,
    asRoot: false,
    parse: ({ stdout }) => stdout.toString('utf8'),
  };
}

async function hold<T>(
  shell: GuestShell,
  host: string,
  port: number,
  options: VantageOptions,
  use: () => Promise<T>,
): Promise<VantageHold<T>> {
  const stop = new AbortController();
  const said = Promise.withResolvers<string>();
  const ended = shell
    .run(connecting(host, port, options, true), {
      signal: AbortSignal.any([options.signal, stop.signal]),
      onLine: said.resolve,
    })
    .then(([line = '']) => {
      said.resolve(line);
    });
  ended.catch(said.reject);
  try {
    const line = await said.promise;
    if (line !== 'connected') return failureOf(line) ?? { kind: 'failed', message: line };
    return { kind: 'connected', result: await use() };
  } finally {
    stop.abort();
    await ended.catch(() => undefined);
  }
}

function failureOf(line: string): Exclude<VantageAnswer, { readonly kind: 'answer' }> | undefined {
  if (line === 'timeout' || line === 'refused') return { kind: line };
  return line.startsWith('failed ') ? { kind: 'failed', message: line.slice(7) } : undefined;
}
