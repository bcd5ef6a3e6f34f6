import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { runOrFail } from '../../lab/process/run.ts';
import type { DiagnoseLab } from './diagnoseLab.ts';

/** Something that runs in the operator's network for as long as a test needs it. */
export interface Oddity {
  stop(): Promise<void>;
}

const strangeEcho = `
import http.server
class Strange(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/elsewhere":
            self.send_response(302); self.send_header("Location", "/nonsense"); self.end_headers()
        else:
            self.send_response(200); self.end_headers(); self.wfile.write(b"<html>Sign in to this hotel</html>")
    def log_message(self, *args): pass
server = http.server.ThreadingHTTPServer(("203.0.113.1", 8099), Strange)
print("ready", flush=True)
server.serve_forever()
`;

/** An address echo that answers nonsense, or leads elsewhere, on port 8099. */
export function startStrangeEcho(at: DiagnoseLab): Promise<Oddity> {
  return start(at, ['python3', '-c', strangeEcho], 'ready');
}

/** A DNS server on port 5300 that knows these records. */
export function startDns(at: DiagnoseLab, records: readonly string[]): Promise<Oddity> {
  const options = [
    ...['--keep-in-foreground', '--log-facility=-', '--conf-file=/dev/null', '--no-resolv', '--no-hosts'],
    ...['--user=root', '--listen-address=203.0.113.1', '--bind-interfaces', '--port=5300', '--pid-file='],
    ...['--local=/example.com/', '--local=/in-addr.arpa/'],
  ];
  return start(at, ['dnsmasq', ...options, ...records], 'started');
}

/** From the first connection to this EIP's port 80 on, nothing passes between the operator and any EIP. */
export async function startSilence({ guest }: DiagnoseLab, publicIp: string): Promise<Oddity> {
  const nft = (rules: string) => runOrFail([...guest.lab.enterOperator, 'nft', rules]);
  await nft(`table ip silence {
    set begun { type ipv4_addr; flags dynamic; }
    chain out {
      type filter hook output priority 0;
      ip daddr ${publicIp} tcp dport 80 add @begun { ip saddr }
      ip saddr @begun ip daddr 198.51.100.0/24 drop
    }
  }`);
  return {
    stop: async () => {
      await nft('delete table ip silence');
    },
  };
}

async function start({ guest }: DiagnoseLab, program: readonly string[], word: string): Promise<Oddity> {
  const [command = '', ...args] = [...guest.lab.enterOperator, ...program];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ready = Promise.withResolvers<undefined>();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', (line) => {
      if (line.includes(word)) ready.resolve(undefined);
    });
  }
  child.once('exit', () => {
    ready.reject(new Error(`${program[0] ?? ''} ended`));
  });
  await ready.promise;
  return {
    stop: async () => {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}
