/** Thrown where a person changed their mind: the command ends without a word. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/** The value that a person gave; throws `Cancelled` where they gave none. */
export function given<T>(value: T | undefined): T {
  if (value === undefined) throw new Cancelled();
  return value;
}

/** Tells whether a caught value only says that a person cancelled. */
export function isCancelled(error: unknown): boolean {
  return error instanceof Error && (error.name === 'Cancelled' || error.name === 'AbortError');
}
