import { setMaxListeners } from 'node:events';
import type { AnyChange } from './plan.ts';

/** Looks after each change whether it has come about, while others go on. */
export interface Verifier {
  /** Begins a look, which the signal ends. */
  begin(change: AnyChange, look: (signal: AbortSignal) => Promise<void>): void;
  /** Whether a look has shown something else than was planned. */
  failed(): boolean;
  /** Ends the looks that are under way; they count as passed. */
  stop(): void;
  /** Resolves when every look is over. */
  failures(): Promise<readonly { readonly change: AnyChange; readonly error: unknown }[]>;
}

/** Makes a verifier whose looks end with `signal`. */
export function createVerifier(signal: AbortSignal | undefined): Verifier {
  const end = new AbortController();
  const ending = AbortSignal.any(signal === undefined ? [end.signal] : [signal, end.signal]);
  // As many looks as a plan has changes may wait at the same time.
  setMaxListeners(0, ending);
  const looks: Promise<void>[] = [];
  const failures: { change: AnyChange; error: unknown }[] = [];
  return {
    begin: (change, look) => {
      looks.push(
        look(ending).catch((error: unknown) => {
          if (!ending.aborted) failures.push({ change, error });
        }),
      );
    },
    failed: () => failures.length > 0,
    stop: () => {
      end.abort();
    },
    failures: async () => {
      await Promise.all(looks);
      return failures;
    },
  };
}
