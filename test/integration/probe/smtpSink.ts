import { once } from 'node:events';
import { type AddressInfo, type Socket, createServer } from 'node:net';
import { createInterface } from 'node:readline';

/** Who delivered a message, and what it said that it is. */
export interface Delivery {
  readonly from: string;
  readonly helo: string;
}

/** A mail server that takes every message and keeps nothing but who brought it. */
export interface SmtpSink extends AsyncDisposable {
  readonly port: number;
  /** Resolves with the next message's bringer. */
  next(): Promise<Delivery>;
}

/** Starts a sink on a free port of the loopback address. */
export async function startSmtpSink(): Promise<SmtpSink> {
  const waiting: ((delivery: Delivery) => void)[] = [];
  const brought: Delivery[] = [];
  const keep = (delivery: Delivery): void => {
    const taker = waiting.shift();
    if (taker === undefined) brought.push(delivery);
    else taker(delivery);
  };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy()));
    void converse(socket, keep);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    next: () => {
      const { promise, resolve } = Promise.withResolvers<Delivery>();
      const first = brought.shift();
      if (first === undefined) waiting.push(resolve);
      else resolve(first);
      return promise;
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

async function converse(socket: Socket, keep: (delivery: Delivery) => void): Promise<void> {
  const say = (line: string): boolean => socket.write(`${line}\r\n`);
  let helo = '';
  let isData = false;
  say('220 sink.test ESMTP');
  for await (const line of createInterface(socket)) {
    const [verb = '', name = ''] = line.split(' ');
    if (isData) {
      if (line !== '.') continue;
      isData = false;
      keep({ from: socket.remoteAddress ?? '', helo });
      say('250 taken');
    } else if (/^(EHLO|HELO)$/i.test(verb)) {
      helo = name;
      say('250 sink.test');
    } else if (/^DATA$/i.test(verb)) {
      isData = true;
      say('354 go on');
    } else if (/^QUIT$/i.test(verb)) {
      socket.end('221 bye\r\n');
    } else {
      say('250 well');
    }
  }
}
