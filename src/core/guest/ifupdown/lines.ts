/**
 * A piece of an interfaces file: a comment, a blank line, or a statement with its continuation lines.
 *
 * The raw texts of all pieces, one after another, are the file.
 */
export interface Piece {
  /** One character a byte (latin1), with line ends. */
  readonly raw: string;
  /** The number, from 1, by which ifupdown names it in errors: that of its last physical line. */
  readonly line: number;
  /** The statement as ifupdown sees it after joining and trimming; absent for comments and blank lines. */
  readonly statement?: string;
}

const leadingSpace = /^[ \t\v\f\r\n]+/;
const trailingSpace = /[ \t\v\f\r\n]+$/;

/** Splits an interfaces file as ifupdown 0.8's `get_line` does, keeping every byte. */
export function splitPieces(text: string): Piece[] {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const pieces: Piece[] = [];
  for (let next = 0; next < lines.length; next += 1) {
    let raw = lines[next] ?? '';
    let joined = content(raw).replace(leadingSpace, '');
    // A comment goes whole: a backslash at its end does not continue it.
    if (joined.startsWith('#')) {
      pieces.push({ raw, line: next + 1 });
      continue;
    }
    while (joined.endsWith('\\')) {
      const more = lines[next + 1];
      // A backslash alone at the end of the file is where ifupdown stops reading.
      joined = joined.slice(0, -1) + (more === undefined ? '' : content(more));
      if (more === undefined) break;
      raw += more;
      next += 1;
    }
    const statement = joined.replace(trailingSpace, '');
    pieces.push({ raw, line: next + 1, ...(statement === '' ? {} : { statement }) });
  }
  return pieces;
}

/** The inverse of `splitPieces`. */
export function joinPieces(pieces: readonly Piece[]): string {
  return pieces.map(({ raw }) => raw).join('');
}

/** A line as C sees it: without its end, and only to the first NUL. */
function content(raw: string): string {
  const line = raw.endsWith('\n') ? raw.slice(0, -1) : raw;
  const nul = line.indexOf('\0');
  return nul < 0 ? line : line.slice(0, nul);
}

/** Takes the first word off a statement; the rest begins with its next word. */
export function splitWord(text: string): readonly [word: string, rest: string] {
  const match = /^([^ \t\v\f\r\n]*)[ \t\v\f\r\n]*([^]*)$/.exec(text);
  return [match?.[1] ?? '', match?.[2] ?? ''];
}

/** The words of a statement's rest. */
export function splitWords(text: string): string[] {
  return text.split(/[ \t\v\f\r\n]+/).filter((word) => word !== '');
}
