import { isDeepStrictEqual } from 'node:util';
import { insertBlock, removeBlocks } from './blocks.ts';
import type { Block } from './blocks.ts';
import { joinPieces, splitPieces, splitWord, splitWords } from './lines.ts';
import type { Piece } from './lines.ts';
import { readInterfaces } from './statements.ts';
import type { Interfaces } from './statements.ts';

/** What a stanza may say beside the address: all that follows from a mask, and goes with it. */
const options = ['address', 'netmask', 'broadcast', 'network'];

/**
 * Puts our block (latin1) where a stanza of the same name stands, and takes its `auto` along; comments stay.
 *
 * `undefined` where the stanza says more than its address, or where anything else would be read differently.
 */
export function rewriteStanza(
  text: string,
  entry: Omit<Block, 'halves'> & { readonly label: string },
  isStartedElsewhere: boolean,
): string | undefined {
  const { label, address } = entry;
  // It has our comment already, and somebody's own mask below it.
  if (removeBlocks(text, [address]) !== text) return undefined;
  const pieces = splitPieces(text).flatMap((piece) => withoutStart(piece, label));
  const first = pieces.findIndex(({ statement = '' }) => namesStanza(statement, label));
  if (first < 0) return undefined;
  const end = endOf(pieces, first);
  const inside = pieces.slice(first + 1, end).filter(({ statement }) => statement === undefined);
  const before = withoutBlankEnd(joinPieces([...pieces.slice(0, first), ...inside]));
  const after = joinPieces(pieces.slice(end));
  const isStarted = isStartedElsewhere || readInterfaces(before + after).started.includes(label);
  const result = insertBlock(before, { ...entry, halves: isStarted ? 'stanza' : 'both' }, after);
  const read = readInterfaces(result);
  return isSameBut(label, readInterfaces(text), read) && isJust(address, label, read) ? result : undefined;
}

/** A blank line that stands there already is as good as the one that comes with our block. */
function withoutBlankEnd(text: string): string {
  return /[^\\\r\n](\r?\n){2,}$/.test(text) ? text.replace(/\r?\n$/, '') : text;
}

/** The name out of the words of an `auto` line, and the line too where it is the only one. */
function withoutStart(piece: Piece, label: string): Piece[] {
  const [keyword, rest] = splitWord(piece.statement ?? '');
  const words = splitWords(rest);
  if (keyword !== 'auto' || !words.includes(label) || piece.raw.includes('\\')) return [piece];
  if (words.every((word) => word === label)) return [];
  const raw = piece.raw.replaceAll(new RegExp(`[ \\t]+${label}(?=[ \\t\\r\\n]|$)`, 'g'), '');
  return [{ ...piece, raw }];
}

function namesStanza(statement: string, label: string): boolean {
  const [keyword, rest] = splitWord(statement);
  return keyword === 'iface' && splitWords(rest)[0] === label;
}

/** Behind the last of its options; what comments stand behind that belong to what follows. */
function endOf(pieces: readonly Piece[], first: number): number {
  let end = first + 1;
  for (let next = end; next < pieces.length; next += 1) {
    const { statement } = pieces[next] ?? {};
    if (statement === undefined) continue;
    if (!options.includes(splitWord(statement)[0])) break;
    end = next + 1;
  }
  return end;
}

/** Whether the only stanza of this name says nothing but the address. */
function isJust(address: string, label: string, { stanzas }: Interfaces): boolean {
  const said = stanzas
    .filter(({ name }) => name === label)
    .map(({ options: all }) => all.map(({ value }) => value));
  return isDeepStrictEqual(said, [[address, '32']]);
}

/** Whether two texts say the same of every other interface, start the same ones and include the same files. */
function isSameBut(label: string, before: Interfaces, after: Interfaces): boolean {
  const others = ({ stanzas, includes, started, fault }: Interfaces) => ({
    stanzas: stanzas
      .filter(({ name }) => name !== label)
      .map((stanza) => JSON.stringify(stanza, withoutLine)),
    includes: includes.map(({ kind, words }) => [kind, ...words]),
    started: [...new Set(started)].sort(),
    fault,
  });
  return isDeepStrictEqual(others(before), others(after));
}

function withoutLine(key: string, value: unknown): unknown {
  return key === 'line' ? undefined : value;
}
