import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { ControlHandlers } from './api.ts';

/** Serves the lab's requests on a Unix socket: `POST /NAME`, JSON both ways, `{error}` with 500 for a failure. */
export async function serveControl(socket: string, handlers: ControlHandlers): Promise<void> {
  const byName = new Map(Object.entries(handlers) as [string, (given: unknown) => Promise<unknown>][]);
  const answer = async (request: IncomingMessage): Promise<unknown> => {
    const name = request.url?.slice(1) ?? '';
    const handler = byName.get(name);
    if (handler === undefined) throw new Error(`The lab takes no request "${name}"`);
    const body = await text(request);
    return handler(body === '' ? undefined : (JSON.parse(body) as unknown));
  };
  const server = createServer((request, response) => {
    answer(request).then(
      (value) => response.end(JSON.stringify(value ?? null)),
      (error: unknown) => {
        response.statusCode = 500;
        response.end(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }));
      },
    );
  });
  // A guest may take as long as it likes for a script.
  server.requestTimeout = 0;
  server.listen(socket);
  await once(server, 'listening');
}
