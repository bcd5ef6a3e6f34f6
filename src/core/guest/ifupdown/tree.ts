import { posix } from 'node:path';
import type { GuestFile, NetworkManager } from '../facts.ts';
import { readInterfaces } from './statements.ts';
import type { Include, Interfaces, Stanza } from './statements.ts';

/** Where ifupdown begins to read. */
export const mainFile = '/etc/network/interfaces';

/** A file as part of the whole that ifupdown reads. */
export interface TreeFile {
  readonly file: GuestFile;
  readonly content: Interfaces;
}

/** Everything that ifupdown reads, in the order in which it reads it; the main file is first. */
export interface Tree {
  readonly files: readonly TreeFile[];
}

/**
 * Reads the main file and what it includes, following each include where it stands: by the rules of ifupdown unless
 * another manager reads them.
 */
export function readTree(files: readonly GuestFile[], manager: NetworkManager = 'ifupdown'): Tree {
  // It hands what it does not know to programs that may.
  const lenient = manager === 'ifupdown-ng';
  const seen = new Set<string>();
  const read: TreeFile[] = [];
  const stanzas: Stanza[] = [];
  const visit = (file: GuestFile) => {
    if (seen.has(file.readAs)) return;
    seen.add(file.readAs);
    const at = read.length;
    const content = readInterfaces(file.bytes.toString('latin1'), {
      lenient,
      include: (include) => {
        for (const included of includedBy(include, file.readAs, files)) visit(included);
      },
      knows: (name, family) => stanzas.some((stanza) => matches(stanza, name, family)),
    });
    stanzas.push(...content.stanzas);
    read.splice(at, 0, { file, content });
  };
  const main = files.find(({ readAs }) => readAs === mainFile);
  if (main !== undefined) visit(main);
  return { files: read };
}

function matches(stanza: Stanza, name: string, family: string | undefined): boolean {
  return stanza.name === name && (family === undefined || stanza.family === family);
}

/** The patterns of an include with their directory; only the first word is relative to the including file. */
export function includePatterns(include: Include, readAs: string): string[] {
  return include.words.map((word, index) => {
    if (word.startsWith('/')) return word;
    return index === 0 ? posix.join(posix.dirname(readAs), word) : posix.join('/', word);
  });
}

function includedBy(include: Include, readAs: string, files: readonly GuestFile[]): GuestFile[] {
  return includePatterns(include, readAs).flatMap((pattern) => {
    const isIncluded =
      include.kind === 'source'
        ? (path: string) => globToRegExp(pattern).test(path)
        : (path: string) =>
            globToRegExp(pattern).test(posix.dirname(path)) && /^[A-Za-z0-9_-]+$/.test(posix.basename(path));
    return files
      .filter(({ readAs: path }) => isIncluded(path))
      .sort((one, other) => (one.readAs < other.readAs ? -1 : 1));
  });
}

/** The `mapping` line whose script would choose another stanza for this name than its own. */
export function mappingOf({ files }: Tree, name: string) {
  for (const { file, content } of files) {
    for (const { patterns, line } of content.mappings) {
      const pattern = patterns.find((each) => globToRegExp(each).test(name));
      if (pattern !== undefined) return { path: file.path, line, pattern };
    }
  }
  return undefined;
}

/** A shell pattern of one path as an expression; `*` and `?` match neither `/` nor a leading dot. */
function globToRegExp(pattern: string): RegExp {
  const source = pattern.replace(/\/+$/, '').replaceAll(/\*+|\?|\[!?[^\]]+\]|[^]/g, (token, at: number) => {
    const guard = pattern[at - 1] === '/' ? '(?!\\.)' : '';
    if (token.startsWith('*')) return `${guard}[^/]*`;
    if (token === '?') return `${guard}[^/]`;
    if (token.length > 1) return `${guard}${token.replace('[!', '[^').replaceAll('\\', '\\\\')}`;
    return token.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
  });
  return new RegExp(`^${source}$`);
}
