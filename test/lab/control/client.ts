import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { ControlRequests } from './api.ts';

/** Sends one request to a lab's control socket; a failure there is an Error here with the same message. */
export function ask<Name extends keyof ControlRequests>(
  socket: string,
  name: Name,
  given?: ControlRequests[Name]['given'],
): Promise<ControlRequests[Name]['answer']> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath: socket, method: 'POST', path: `/${name}` }, (response) => {
      text(response).then((body) => {
        const value = JSON.parse(body) as unknown;
        if (response.statusCode === 200) resolve((value ?? undefined) as ControlRequests[Name]['answer']);
        else reject(new Error((value as { error: string }).error));
      }, reject);
    });
    call.on('error', (cause) => {
      reject(new Error(`The lab does not answer on ${socket}: ${cause.message}`, { cause }));
    });
    call.end(given === undefined ? '' : JSON.stringify(given));
  });
}
