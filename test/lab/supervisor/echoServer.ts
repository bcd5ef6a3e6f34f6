import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Serves the page that the walk's outbound proof asks for: the caller's own address and a newline. */
export async function startEchoServer(host: string, port: number): Promise<string> {
  const server = createServer((request, response) => {
    const address = request.socket.remoteAddress ?? '';
    response.setHeader('content-type', 'text/plain');
    response.end(`${address}\n`);
  });
  server.listen(port, host);
  await once(server, 'listening');
  return `http://${host}:${(server.address() as AddressInfo).port}/`;
}
