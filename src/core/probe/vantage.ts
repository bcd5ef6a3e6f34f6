import { isIPv4, Socket } from 'node:net';

/** What a place that connects to an EIP got. */
export type VantageAnswer =
  | { readonly kind: 'answer'; readonly text: string }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'refused' }
  /** Closed without a word, or failed in another way that `message` tells. */
  | { readonly kind: 'failed'; readonly message: string };

/** A connection that was made and kept for a while, or why there was none. */
export type VantageHold<T> =
  { readonly kind: 'connected'; readonly result: T } | Exclude<VantageAnswer, { readonly kind: 'answer' }>;

/** How a vantage is to connect. */
export interface VantageOptions {
  readonly timeoutMilliseconds: number;
  readonly signal: AbortSignal;
}

/** Somewhere outside the instance that connects to its EIPs: this machine, or another host. */
export interface Vantage {
  /** The host's name; empty for the machine that this code runs on. */
  readonly name: string;
  /** Connects and reads one line, or all until the other end closes. Rejects with the signal's reason. */
  ask(host: string, port: number, options: VantageOptions): Promise<VantageAnswer>;
  /** Connects, and keeps the connection while `use` runs. Rejects as `use` does, or with the signal's reason. */
  hold<T>(
    host: string,
    port: number,
    options: VantageOptions,
    use: () => Promise<T>,
  ): Promise<VantageHold<T>>;
  /** Its public address as an address echo sees it, where that answers. */
  seenAs(echoUrl: string, options: VantageOptions): Promise<string | undefined>;
}

/** The machine that this code runs on. */
export const thisMachine: Vantage = {
  name: '',
  ask: async (host, port, options) => {
    const socket = new Socket();
    try {
      return await within(options, socket, connectAndRead(socket, host, port));
    } finally {
      socket.destroy();
    }
  },
  hold: async (host, port, options, use) => {
    const socket = new Socket();
    try {
      const outcome = await within(options, socket, connectOnly(socket, host, port));
      return outcome === 'connected' ? { kind: 'connected', result: await use() } : outcome;
    } finally {
      socket.destroy();
    }
  },
  seenAs: async (echoUrl, { timeoutMilliseconds, signal }) => {
    try {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMilliseconds)]);
      const answer = await fetch(echoUrl, { signal: limit, redirect: 'error' });
      return addressIn((await answer.text()).slice(0, longestAnswer));
    } catch {
      signal.throwIfAborted();
      return undefined;
    }
  },
};

/** The IPv4 address that a text is, if it is one. */
export function addressIn(text: string): string | undefined {
  const word = text.trim();
  return isIPv4(word) ? word : undefined;
}

const longestAnswer = 256;

function connectAndRead(socket: Socket, host: string, port: number): Promise<VantageAnswer> {
  return new Promise((resolve) => {
    let text = '';
    socket.on('error', (error) => {
      resolve(failure(error));
    });
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (text.includes('\n') || text.length > longestAnswer) {
        resolve({ kind: 'answer', text: text.split('\n', 1)[0] ?? '' });
      }
    });
    socket.on('close', () => {
      resolve(
        text === '' ? { kind: 'failed', message: 'closed without an answer' } : { kind: 'answer', text },
      );
    });
    socket.connect({ host, port, family: 4 });
  });
}

function connectOnly(
  socket: Socket,
  host: string,
  port: number,
): Promise<'connected' | Exclude<VantageAnswer, { readonly kind: 'answer' }>> {
  return new Promise((resolve) => {
    socket.on('error', (error) => {
      resolve(failure(error));
    });
    socket.connect({ host, port, family: 4 }, () => {
      resolve('connected');
    });
  });
}

/** Ends a wait in time, or with the signal's reason. */
function within<T>(
  { timeoutMilliseconds, signal }: VantageOptions,
  socket: Socket,
  work: Promise<T>,
): Promise<T | { readonly kind: 'timeout' }> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      resolve({ kind: 'timeout' });
    }, timeoutMilliseconds);
    const abort = () => {
      socket.destroy();
      reject(signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason)));
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    });
  });
}

function failure(
  error: Error & { readonly code?: unknown },
): Exclude<VantageAnswer, { readonly kind: 'answer' }> {
  if (error.code === 'ECONNREFUSED') return { kind: 'refused' };
  return error.code === 'ETIMEDOUT' ? { kind: 'timeout' } : { kind: 'failed', message: error.message };
}
