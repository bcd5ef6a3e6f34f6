/** Whole answers of so many bytes take a few milliseconds to read, on a slow machine too. */
const PIECE_BYTES = 100_000;

const CLOSE = '</item>';

/**
 * Cuts an answer of EC2's, which is XML, into answers of the same shape that hold some of the items each.
 *
 * The outermost `<item>`s are dealt out; what stands before and after them is in every piece. An answer that is
 * short, or that has another shape than one list of items, stays whole.
 */
export function piecesOf(body: Uint8Array, pieceBytes = PIECE_BYTES): readonly Uint8Array[] {
  if (body.length <= pieceBytes) return [body];
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length);
  // One character a byte, so that places in the text are places in the bytes.
  const text = bytes.toString('latin1');
  const cuts = cutsOf(text, pieceBytes);
  const [start, end] = [cuts[0], cuts.at(-1)];
  // Items after the list belong to another one, and comments or CDATA could hide anything.
  if (start === undefined || end === undefined || text.includes('<item>', end) || text.includes('<!'))
    return [body];
  const [head, tail] = [bytes.subarray(0, start), bytes.subarray(end)];
  return cuts.slice(1).map((cut, index) => Buffer.concat([head, bytes.subarray(cuts[index], cut), tail]));
}

/** Where the pieces begin, and at last where the outermost items end. */
function cutsOf(text: string, pieceBytes: number): readonly number[] {
  const first = text.indexOf('<item>');
  if (first < 0) return [];
  const cuts = [first];
  let begun = first;
  let depth = 1;
  let end = first;
  for (let at = text.indexOf('item>', first + 6); at >= 0; at = text.indexOf('item>', at + 5)) {
    if (text[at - 1] === '<') {
      // Between two lists there is more than white space.
      if (depth === 0 && text.slice(end, at - 1).trim() !== '') break;
      depth += 1;
    } else if (text.startsWith(CLOSE, at - 2)) {
      depth -= 1;
      if (depth > 0) continue;
      end = at + 5;
      if (end - begun < pieceBytes) continue;
      cuts.push(end);
      begun = end;
    }
  }
  return cuts.at(-1) === end ? cuts : [...cuts, end];
}

/** Puts the answers of an answer's pieces together: their lists one after the other; all else is the same in each. */
export function joinAnswers<T extends object>(answers: readonly T[]): T {
  const entries = (answer: T): [string, unknown][] => Object.entries(answer);
  const lists = new Map<string, unknown[]>();
  for (const [key, value] of answers.flatMap(entries)) {
    if (Array.isArray(value)) lists.set(key, (lists.get(key) ?? []).concat(value));
  }
  return Object.assign({}, ...answers, Object.fromEntries(lists)) as T;
}
