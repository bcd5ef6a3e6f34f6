// Characters that are seen by what they do to others: control characters, ANSI's escape among them, and those that
// turn the direction of what follows. Line breaks stay.
const unseen = /(?!\n)[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

/** Text of others with a mark for each character that would change how what stands around it is read. */
export function visible(text: string): string {
  return text.replace(unseen, '\uFFFD');
}
