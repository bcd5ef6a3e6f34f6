import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a small service of the lab answers with. */
export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is where it is a string, else as JSON. */
  readonly body: unknown;
}

/** A running service. */
export interface Service {
  readonly endpoint: string;
  stop(): Promise<void>;
}

async function read(stream: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

/** Serves on a free port of 127.0.0.1. */
export async function serve(
  answer: (request: IncomingMessage, url: URL, body: string) => Reply,
): Promise<Service> {
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await read(request);
    const reply = answer(request, new URL(request.url ?? '/', 'http://localhost'), body);
    const text = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
    response.writeHead(reply.status ?? 200, reply.headers).end(text);
  };
  const server = createServer((request, response) => void handle(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
