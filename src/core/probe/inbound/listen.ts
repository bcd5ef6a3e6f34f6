import type { GuestShell } from '../../ssh/shell.ts';
import { listenScript } from './listeners.ts';
import type { ListenerSpot } from './listeners.ts';

/** How a listener on the guest began. */
export type ListenerState = 'ready' | 'taken' | 'missing' | 'failed' | 'noTool';

/** Listeners on the guest, all in one operation. */
export interface Listeners {
  /** How each began, by id; rejects when the guest is lost or refuses. */
  state(id: string): Promise<ListenerState>;
  /** What `work` comes to; aborts it and rejects where the guest is lost meanwhile: silence says nothing then. */
  whileThere<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Ends them; resolves when the guest has been told. */
  stop(): Promise<void>;
}

/** Starts a listener on every spot; none outlives `stop`, the signal, the connection or `seconds`. */
export function startListeners(
  shell: GuestShell,
  spots: readonly ListenerSpot[],
  { seconds, signal }: { readonly seconds: number; readonly signal: AbortSignal },
): Listeners {
  const states = new Map(spots.map(({ id }) => [id, Promise.withResolvers<ListenerState>()]));
  const stop = new AbortController();
  const ended = shell.run(
    {
      name: 'listen on the private addresses',
      script: listenScript(spots, seconds),
      asRoot: spots.some(({ port }) => port < 1024),
      endsWithCaller: true,
      parse: () => undefined,
    },
    {
      signal: AbortSignal.any([signal, stop.signal]),
      onLine: (line) => {
        const [word = '', id = ''] = line.split(' ');
        if (word === 'noTool') for (const waiting of states.values()) waiting.resolve('noTool');
        else if (isState(word)) states.get(id)?.resolve(word);
      },
    },
  );
  const outcome = ended.then(
    () => {
      for (const waiting of states.values()) waiting.resolve('failed');
    },
    (error: unknown) => {
      for (const waiting of states.values()) waiting.reject(error);
    },
  );
  for (const waiting of states.values()) waiting.promise.catch(() => undefined);
  const lost = new AbortController();
  ended.catch((error: unknown) => {
    lost.abort(error);
  });
  return {
    whileThere: (work) => work(AbortSignal.any([signal, lost.signal])),
    state: (id) => states.get(id)?.promise ?? Promise.resolve('failed'),
    stop: () => {
      stop.abort();
      return outcome;
    },
  };
}

function isState(word: string): word is ListenerState {
  return ['ready', 'taken', 'missing', 'failed'].includes(word);
}
