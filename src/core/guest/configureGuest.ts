import type { ChangeInputs } from '../plan/changes.ts';

/** What a `configureGuest` change holds. */
export type ConfigureGuest = ChangeInputs['configureGuest'];

/** The change that takes this one back: files and addresses swapped. Its own inverse. */
export function invertConfigureGuest(change: ConfigureGuest): ConfigureGuest {
  return {
    ...change,
    reverts: undefined,
    bringUp: change.takeDown,
    takeDown: change.bringUp,
    routing: change.routing && { ...change.routing, add: change.routing.drop, drop: change.routing.add },
    files: change.files.map((file) => ({ ...file, before: file.after, after: file.before })),
  };
}
