import { diagnose } from './faults.ts';
import type { Fault, FaultReason } from './faults.ts';
import { splitPieces, splitWord, splitWords } from './lines.ts';
import type { Piece } from './lines.ts';
import { isFamily, isMethod } from './methods.ts';

/** One option of a stanza, such as `address 192.168.1.101`. */
export interface Option {
  readonly name: string;
  readonly value: string;
  readonly line: number;
}

/** An `iface` stanza. */
export interface Stanza {
  readonly name: string;
  /** Both are absent where the stanza only inherits. */
  readonly family?: string;
  readonly method?: string;
  readonly options: readonly Option[];
  readonly line: number;
}

/** A `source` or `source-directory` line. */
export interface Include {
  readonly kind: 'source' | 'source-directory';
  readonly words: readonly string[];
  readonly line: number;
}

/** A `mapping` line. */
export interface Mapping {
  readonly patterns: readonly string[];
  readonly line: number;
}

/** What a file says, up to the first fault. */
export interface Interfaces {
  readonly pieces: readonly Piece[];
  readonly stanzas: readonly Stanza[];
  /** Names that `auto` or an `allow-…` line starts, as they come. */
  readonly started: readonly string[];
  readonly includes: readonly Include[];
  /** `mapping` lines, whose scripts choose the stanza of what their patterns match. */
  readonly mappings: readonly Mapping[];
  readonly fault?: Fault;
}

/** What reading one file needs to know of the files around it. */
export interface Surroundings {
  /** Whether the reader is one that refuses nothing, as ifupdown-ng is; ifupdown's rules otherwise. */
  readonly lenient?: boolean;
  /** Called at each include, in order. */
  include(include: Include): void;
  /** Whether a stanza of this name (and family, where given) was read before in another file. */
  knows(name: string, family?: string): boolean;
}

const alone: Surroundings = { include: () => undefined, knows: () => false };

/** Reads an interfaces file by the rules of ifupdown 0.8, or leniently by those of ifupdown-ng. */
export function readInterfaces(text: string, surroundings: Surroundings = alone): Interfaces {
  const reader = new Reader(surroundings);
  const pieces = splitPieces(text);
  if (text.includes('\r') && !text.includes('\n') && surroundings.lenient !== true) {
    return {
      ...reader.found(),
      pieces,
      fault: { line: 1, text: firstLine(text), reason: 'carriageReturns' },
    };
  }
  let previous = '';
  for (const { raw, line, statement } of pieces) {
    if (statement !== undefined) {
      const reason = reader.read(statement, line);
      if (reason !== undefined && surroundings.lenient !== true) {
        const named = reason === 'misplacedOption' ? diagnose(statement, previous) : reason;
        return { ...reader.found(), pieces, fault: { line, text: firstLine(statement), reason: named } };
      }
    }
    previous = raw;
  }
  return { ...reader.found(), pieces };
}

function firstLine(text: string): string {
  return text.split(/[\r\n]/, 1)[0] ?? '';
}

type OpenStanza = Stanza & { readonly options: Option[] };

/** Reads statement after statement; a returned reason means that ifupdown stops there. */
class Reader {
  readonly #surroundings: Surroundings;
  readonly #stanzas: OpenStanza[] = [];
  readonly #started: string[] = [];
  readonly #includes: Include[] = [];
  readonly #mappings: Mapping[] = [];
  #open: OpenStanza | { readonly hasScript: boolean } | undefined;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  found(): Omit<Interfaces, 'pieces' | 'fault'> {
    return {
      stanzas: this.#stanzas,
      started: this.#started,
      includes: this.#includes,
      mappings: this.#mappings,
    };
  }

  read(statement: string, line: number): FaultReason | undefined {
    // In a stanza ifupdown would take it for an option that nobody knows, and nobody would see why.
    if (/^\u00c2?\u00a0/.test(statement)) return 'noBreakSpace';
    const [keyword, rest] = splitWord(statement);
    if (keyword === 'mapping') this.#map(rest, line);
    else if (keyword === 'source') this.#include('source', rest, line);
    else if (keyword.startsWith('source-dir')) this.#include('source-directory', rest, line);
    else if (keyword === 'iface') return this.#iface(rest, line);
    else if (keyword === 'template' && this.#surroundings.lenient === true) this.#open = { hasScript: false };
    else if (keyword === 'auto' || /^allow-./.test(keyword)) this.#start(rest);
    else if (keyword === 'no-auto-down' || keyword === 'no-scripts') this.#end(rest);
    else if (keyword === 'rename') this.#open = undefined;
    else return this.#option(keyword, rest, line);
    return undefined;
  }

  #include(kind: Include['kind'], rest: string, line: number): void {
    const include: Include = { kind, words: splitWords(rest), line };
    this.#includes.push(include);
    this.#open = undefined;
    this.#surroundings.include(include);
  }

  #map(rest: string, line: number): void {
    this.#mappings.push({ patterns: splitWords(rest), line });
    this.#open = { hasScript: false };
  }

  /** Alone inside a stanza, `auto` means that stanza and leaves it open. */
  #start(rest: string): void {
    if (rest === '' && isStanza(this.#open)) this.#started.push(this.#open.name);
    else this.#started.push(...splitWords(rest));
    this.#end(rest);
  }

  #end(rest: string): void {
    if (rest !== '' || !isStanza(this.#open)) this.#open = undefined;
  }

  #iface(rest: string, line: number): FaultReason | undefined {
    const [name = '', ...words] = splitWords(rest);
    if (name === '') return 'missingInterface';
    const family = words[0] !== undefined && isFamily(words[0]) ? words.shift() : undefined;
    const method =
      family !== undefined && words[0] !== undefined && isMethod(family, words[0])
        ? words.shift()
        : undefined;
    const [keyword, parent] = words;
    const inherits = keyword === 'inherits';
    if (this.#surroundings.lenient !== true) {
      if (!inherits && family === undefined) return 'unknownFamily';
      if (!inherits && method === undefined) return 'unknownMethod';
      if (inherits && parent === undefined) return 'missingInherits';
      if (inherits && parent !== undefined && !this.#knows(parent, family)) return 'unknownInherits';
    }
    const stanza: OpenStanza = {
      name,
      ...(family === undefined ? {} : { family }),
      ...(method === undefined ? {} : { method }),
      options: [],
      line,
    };
    this.#stanzas.push(stanza);
    this.#open = stanza;
    return undefined;
  }

  #knows(name: string, family: string | undefined): boolean {
    const here = this.#stanzas.some(
      (stanza) => stanza.name === name && (family === undefined || stanza.family === family),
    );
    return here || this.#surroundings.knows(name, family);
  }

  #option(name: string, value: string, line: number): FaultReason | undefined {
    if (isStanza(this.#open)) {
      if (value === '') return 'emptyOption';
      this.#open.options.push({ name, value, line });
      return undefined;
    }
    if (this.#open === undefined || (name !== 'script' && name !== 'map')) return 'misplacedOption';
    if (name === 'script') {
      if (this.#open.hasScript) return 'duplicateScript';
      this.#open = { hasScript: true };
    }
    return undefined;
  }
}

function isStanza(open: object | undefined): open is OpenStanza {
  return open !== undefined && 'options' in open;
}
