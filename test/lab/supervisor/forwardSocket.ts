import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/** Makes a Unix socket that leads to a TCP server, for whoever is in another network namespace. */
export async function forwardSocket(path: string, to: URL): Promise<void> {
  const server = createServer((near) => {
    const far = connect(Number(to.port), to.hostname);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
    near.pipe(far).pipe(near);
  });
  server.listen(path);
  await once(server, 'listening');
}
