/**
 * Shell that prints exactly these bytes with the shell's own printf, which every sh has and which takes any
 * length. Printable ASCII stays readable, so that the script can be shown.
 */
export function printBytes(bytes: Buffer): string {
  const format = bytes
    .toString('latin1')
    // A hyphen at the beginning would be taken for an option.
    .replaceAll(/[^ -~\n]|[\\%']|^-/g, (byte) => `\\${byte.charCodeAt(0).toString(8).padStart(3, '0')}`)
    .replaceAll('\n', '\\n\\\n');
  // A backslash and a line end do not join lines within quotes, so lines are joined between quotes.
  return `printf '${format.replaceAll('\\\n', "'\\\n'")}'`;
}
