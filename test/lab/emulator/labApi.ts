import { request } from 'node:http';

/** One request of the lab to `/lab-api/PATH` through the emulator's Unix socket; a POST where there is a body. */
export function askLabApi(socketPath: string, path: string, body?: object): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const call = request(
      {
        socketPath,
        path: `/lab-api/${path}`,
        method: body ? 'POST' : 'GET',
        headers: { host: 'emulator', 'content-type': 'application/json' },
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.once('error', reject);
        response.once('end', () => {
          const text = Buffer.concat(parts).toString();
          if (response.statusCode === 200) resolve(JSON.parse(text));
          else reject(new Error(`The emulator refused ${path}: ${text}`));
        });
      },
    );
    call.once('error', reject);
    call.end(body && JSON.stringify(body));
  });
}
