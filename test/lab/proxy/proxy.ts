import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { readCall, readSignature } from './call.ts';
import type { Call, Fault, Outcome } from './call.ts';

/** Where the proxy stands. */
export interface FaultProxyOptions {
  /** The emulator's endpoint, or its Unix socket where it runs in another network namespace. */
  upstream: string | { socketPath: string };
  /** 127.0.0.1 by default. */
  host?: string;
  /** A free one by default. */
  port?: number;
}

/** One call that went through the proxy. */
export interface RecordedCall extends Call {
  /** From the first byte of the request to the outcome, the added latency included. */
  ms: number;
  /** The HTTP status; absent where the client got no answer. */
  status?: number;
}

/** An HTTP proxy in front of the emulator that does to calls what a network and EC2 itself do. */
export interface FaultProxy {
  /** For the SDK. */
  readonly endpoint: string;
  /** Adds so many milliseconds to each call from now on. */
  setLatency(ms: number): void;
  /** Adds a rule behind those that are there, and returns how to take it away again. */
  use(fault: Fault): () => void;
  /** Takes all rules away, and the latency. */
  restore(): void;
  /** The calls that are over, in the order in which they ended. */
  calls(): readonly RecordedCall[];
  /** Forgets the calls so far. */
  clear(): void;
  /** Resolves once nothing listens any more; calls under way are cut. */
  stop(): Promise<void>;
}

async function read(stream: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

/** Sends the request on as it came, and returns the answer. */
async function send(
  upstream: FaultProxyOptions['upstream'],
  incoming: IncomingMessage,
  body: string,
): Promise<Outcome> {
  const { method = 'POST', url = '/', headers } = incoming;
  const outgoing =
    typeof upstream === 'string'
      ? request(new URL(url, upstream), { method, headers })
      : request({ socketPath: upstream.socketPath, path: url, method, headers });
  outgoing.end(body);
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  const contentType = answer.headers['content-type'] ?? 'text/xml';
  return { kind: 'answer', status: answer.statusCode ?? 502, contentType, body: await read(answer) };
}

function deliver(outcome: Outcome, response: ServerResponse): void {
  if (outcome.kind === 'reset') response.socket?.resetAndDestroy();
  else if (outcome.kind === 'answer') {
    const date = outcome.date !== undefined && { date: outcome.date.toUTCString() };
    response.writeHead(outcome.status, { 'content-type': outcome.contentType, ...date }).end(outcome.body);
  }
}

/** Asks the rules one after the other; the last forwards. */
function through(faults: readonly Fault[], call: Call, forward: () => Promise<Outcome>): Promise<Outcome> {
  const [fault, ...others] = faults;
  return fault ? fault(call, () => through(others, call, forward)) : forward();
}

/** Starts a proxy without rules: what it passes on is unchanged. */
export async function startFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  let latency = 0;
  let faults: Fault[] = [];
  let calls: RecordedCall[] = [];

  const handle = async (incoming: IncomingMessage, response: ServerResponse) => {
    const began = performance.now();
    const body = await read(incoming);
    const call = { ...readCall(incoming.url ?? '', body), ...readSignature(incoming.headers) };
    if (latency > 0) await wait(latency, undefined, { ref: false });
    const outcome = await through(faults, call, () => send(options.upstream, incoming, body));
    const status = outcome.kind === 'answer' && { status: outcome.status };
    calls.push({ ...call, ms: performance.now() - began, ...status });
    deliver(outcome, response);
  };

  const server = createServer((incoming, response) => {
    // Without the emulator behind it, the proxy is as good as gone itself.
    handle(incoming, response).catch(() => response.socket?.resetAndDestroy());
  });
  server.listen(options.port ?? 0, options.host ?? '127.0.0.1');
  await once(server, 'listening');
  const { address, port } = server.address() as AddressInfo;

  return {
    endpoint: `http://${address}:${port}`,
    setLatency: (ms) => (latency = ms),
    use(fault) {
      faults = [...faults, fault];
      return () => (faults = faults.filter((other) => other !== fault));
    },
    restore() {
      latency = 0;
      faults = [];
    },
    calls: () => calls,
    clear: () => (calls = []),
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
