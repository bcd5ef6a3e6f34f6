import { shellQuote } from '../../base/quoting.ts';

/** One place on the guest where a listener is to wait. */
export interface ListenerSpot {
  /** Letters and digits; what the listener is called in what the script prints. */
  readonly id: string;
  readonly address: string;
  readonly port: number;
  /** What it answers, before the local address that it was reached on. */
  readonly token: string;
}

const python = `
import errno, socket, sys, threading
lock = threading.Lock()
def say(word, spot):
    with lock:
        print(word, spot, flush=True)
def serve(spot, address, port, token):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((address, int(port)))
        listener.listen(16)
    except OSError as error:
        say({errno.EADDRINUSE: "taken", errno.EADDRNOTAVAIL: "missing"}.get(error.errno, "failed"), spot)
        return
    say("ready", spot)
    while True:
        caller, _ = listener.accept()
        try:
            caller.settimeout(2)
            caller.sendall(("%s %s\\n" % (token, caller.getsockname()[0])).encode())
            caller.shutdown(socket.SHUT_WR)
            caller.recv(1)
        except OSError:
            pass
        caller.close()
words = sys.argv[1:]
for at in range(0, len(words), 4):
    threading.Thread(target=serve, args=words[at:at + 4], daemon=True).start()
threading.Event().wait()
`;

const perl = `
use strict; use Errno; use IO::Select; use IO::Socket::INET;
$| = 1; $SIG{PIPE} = "IGNORE";
my (%token, $select); $select = IO::Select->new;
while (@ARGV) {
  my ($spot, $address, $port, $token) = splice @ARGV, 0, 4;
  my $listener = IO::Socket::INET->new(LocalAddr => $address, LocalPort => $port, Proto => "tcp", Listen => 16, ReuseAddr => 1);
  if (!$listener) { print $!{EADDRINUSE} ? "taken" : $!{EADDRNOTAVAIL} ? "missing" : "failed", " $spot\\n"; next }
  $select->add($listener); $token{fileno $listener} = $token;
  print "ready $spot\\n";
}
while (my @waiting = $select->can_read) {
  for my $listener (@waiting) {
    my $caller = $listener->accept or next;
    print $caller $token{fileno $listener}, " ", $caller->sockhost, "\\n";
    $caller->flush; shutdown $caller, 1;
    IO::Select->new($caller)->can_read(2);
    close $caller;
  }
}
`;

/**
 * Shell that listens on all spots at once with the first tool that the guest has, for so many seconds, or
 * until its caller is gone (descriptor 3 ends).
 *
 * Prints a line for each spot: `ready`, `taken` (the port is in use), `missing` (the system does not have the
 * address) or `failed`, and its id; or `noTool`.
 */
export function listenScript(spots: readonly ListenerSpot[], seconds: number): string {
  const words = spots
    .flatMap(({ id, address, port, token }) => [id, address, String(port), token])
    .map(shellQuote)
    .join(' ');
  return `
have() { command -v "$1" >/dev/null 2>&1; }
pids=
# A timeout that is killed while it starts its program leaves that running: it is given time to have started.
settle() { sleep 0.3 2>/dev/null || sleep 1; }
if have python3 && python3 -c 'import socket, threading' 2>/dev/null; then timeout ${seconds} python3 -c ${shellQuote(python)} ${words} & pids=$!
elif have perl; then timeout ${seconds} perl -e ${shellQuote(perl)} ${words} & pids=$!
else
${netcats(seconds)}
${spots.map(netcatSpot).join('\n')}
fi
settle & settled=$!
timeout ${seconds} cat <&3 >/dev/null
wait $settled
[ -n "$pids" ] && kill $pids 2>/dev/null
wait
`;
}

/** One netcat a spot, restarted after each caller: each flavour errs with another's options. */
function netcats(seconds: number): string {
  return `
flavour=
if have socat; then flavour=socat
elif have ncat; then flavour=ncat
elif have nc; then
  case $(nc -h 2>&1) in *OpenBSD*) flavour=openbsd ;; *'v1.10'*) flavour=traditional ;; *Ncat*) flavour=ncat ;; esac
fi
[ -z "$flavour" ] && have busybox && busybox nc --help >/dev/null 2>&1 && flavour=busybox
[ -z "$flavour" ] && echo noTool && exit
start() {
  case $flavour in
    socat) timeout ${seconds} socat "TCP-LISTEN:$2,bind=$1,reuseaddr,fork" "SYSTEM:echo $3 $1" & ;;
    ncat) echo "$3 $1" | timeout ${seconds} ncat --send-only -l "$1" "$2" & ;;
    openbsd) echo "$3 $1" | timeout ${seconds} nc -N -l "$1" "$2" & ;;
    traditional) echo "$3 $1" | timeout ${seconds} nc -q 0 -l -p "$2" -s "$1" & ;;
    busybox)
      # The small build takes the address without an option.
      case $(busybox nc --help 2>&1) in *'-s '*) bind="-s $1" ;; *) bind=$1 ;; esac
      echo "$3 $1" | timeout ${seconds} busybox nc -l -p "$2" $bind & ;;
  esac
}
# listens HEX-ADDRESSES [6], of the spot that is begun
listens() { grep -qiE "^ *[0-9]+: ($1):$hex [0-9A-F:]+ 0A " "/proc/net/tcp$2" 2>/dev/null; }
# spot ID ADDRESS PORT TOKEN HEX-ADDRESS HEX-PORT
spot() {
  hex=$6
  listens "$5|00000000" && { echo "taken $1"; return; }
  ip -o -4 addr | grep -qF " inet $2/" || { echo "missing $1"; return; }
  (
    # The last process begun, of which a variable would not know yet.
    trap 'settle; kill $!; exit' TERM
    for round in 1 2 3 4 5; do start "$2" "$3" "$4"; wait $!; done
  ) >/dev/null 2>&1 &
  pids="$pids $!"
  for round in 1 2 3 4 5 6 7 8 9 10; do
    listens "$5" && { echo "ready $1"; return; }
    sleep 0.2 2>/dev/null || sleep 1
  done
  # What listens on :: mostly takes IPv4 too, and then nothing else can.
  listens "0{32}|0{16}FFFF0000$5" 6 && echo "taken $1" || echo "failed $1"
}`;
}

function netcatSpot({ id, address, port, token }: ListenerSpot): string {
  const hexAddress = address
    .split('.')
    .toReversed()
    .map((part) => Number(part).toString(16).padStart(2, '0'))
    .join('');
  const hexPort = port.toString(16).padStart(4, '0');
  return `spot ${[id, address, String(port), token, hexAddress, hexPort].map(shellQuote).join(' ')}`;
}
