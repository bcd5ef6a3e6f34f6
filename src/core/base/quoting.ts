/**
 * Quotes one word for a POSIX shell, so that it stays one word whatever is in it.
 *
 * The only way that input becomes shell text.
 */
export function shellQuote(word: string): string {
  if (word.includes('\0')) throw new RangeError('a shell word cannot hold a NUL byte');
  return /^[A-Za-z0-9_./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
