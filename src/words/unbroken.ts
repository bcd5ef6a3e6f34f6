/** A text that is not broken over two lines, such as a number and its unit. */
export function unbroken(text: string): string {
  // Japanese may be broken between any two letters, unless something joins them.
  return text.replaceAll(' ', '\u00A0').replaceAll(/(?<=[ぁ-ヿ一-鿿])(?=[ぁ-ヿ一-鿿])/g, '\u2060');
}

/** Parts with a dot between each two; where a line ends between them, the dot stays at its end. */
export function dotted(parts: readonly string[]): string {
  return parts.join(`${unbroken(' ·')} `);
}
