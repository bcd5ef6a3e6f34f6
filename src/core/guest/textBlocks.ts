/** Puts lines between two parts of a file's text (latin1), such that they can be taken out again without a trace. */
export function insertLines(before: string, lines: readonly string[], after = ''): string {
  const eol = eolOf(before + after);
  return before + separator(before) + lines.map((line) => line + eol).join('') + after;
}

/** How lines of ours are told from what stands around them. */
export interface LineShapes {
  /** Whether a line is the first of those that are to go. */
  readonly isFirst: (line: string) => boolean;
  /** What the others look like, each once at most and in this order: whatever follows is somebody else's. */
  readonly others: readonly RegExp[];
}

/** Takes lines out that `insertLines` has put there; the rest stays byte for byte. */
export function removeLines(text: string, { isFirst, others }: LineShapes): string {
  const lines = linesOf(text);
  const first = lines.findIndex(isFirst);
  if (first < 0) return text;
  let end = first + 1;
  for (const shape of others) if (shape.test(lines[end] ?? '')) end += 1;
  const before = lines.slice(0, first).join('');
  const after = lines.slice(end).join('');
  // Others of ours that follow take over what stood before these.
  const next = /^\r?\n(?=# EC2 Multi-IP: )/.exec(after);
  if (next !== null) return before + after.slice(next[0].length);
  return withoutSeparator(before, eolOf(lines[first] ?? '')) + after;
}

/** The lines of a text with their ends. */
export function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function eolOf(text: string): string {
  // The first line tells, because what we append must not change the answer for what comes after it.
  return /^[^\n]*\r(\n|$)/.test(text) ? '\r\n' : '\n';
}

/** What stands between the text and our lines, such that it can be taken out again without knowing more. */
function separator(text: string): string {
  if (text === '') return '';
  // A backslash takes the next line along, however it is ended: it gets a line of its own.
  return endsInBackslash(text) ? '\n\n' : eolOf(text);
}

function withoutSeparator(before: string, eol: string): string {
  if (before === '') return '';
  return before.slice(0, endsInBackslash(before) ? -2 : -eol.length);
}

function endsInBackslash(text: string): boolean {
  return /\\[\r\n]*$/.test(text);
}
