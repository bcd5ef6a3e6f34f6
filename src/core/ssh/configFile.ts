import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';
// OpenSSH's format has quotes, negated patterns and Match blocks: a library of its own knows them.
import SshConfigFile, { glob, LineType } from 'ssh-config';
import type { Line } from 'ssh-config';
import { libraryLine } from './configLine.ts';
import { expandHome } from './home.ts';

/** A line that was passed over. */
export interface ConfigProblem {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

/** What a file says of a host: the name that its section goes by, and the values of each directive, in lower case. */
export interface Found {
  readonly section: string;
  readonly values: Readonly<Record<string, string | string[]>>;
}

/** A file of OpenSSH's configuration, with what it includes. */
export interface ConfigFile {
  /** Of a host by its address or name, or by the name of the section whose `HostName` it is. */
  find(host: string): Found;
  readonly problems: readonly ConfigProblem[];
}

/** As deep as OpenSSH follows `Include`. */
const DEEPEST = 16;

/** Reads a file with what it includes. */
export async function readConfigFile(path: string, home: string): Promise<ConfigFile> {
  const problems: ConfigProblem[] = [];
  const lines = await read(path, { folder: dirname(path), home, problems }, []);
  const config = new SshConfigFile();
  config.push(...lines);
  const find = (host: string): Found => {
    const section = sectionOf(config, host);
    // A command of a Match line is not run: what this finds out must not depend on what happens elsewhere.
    const values = config.compute({ Host: section }, { ignoreCase: true, matchExec: false });
    return { section, values };
  };
  return { find, problems };
}

interface Reading {
  readonly folder: string;
  readonly home: string;
  readonly problems: ConfigProblem[];
}

/** Reads a file with what it includes; `within` are those that include it, so that none includes itself. */
async function read(path: string, reading: Reading, within: readonly string[]): Promise<Line[]> {
  if (within.includes(path)) return [];
  let text: string;
  try {
    text = (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
  } catch {
    return [];
  }
  const good = text.split(/\r?\n/).map((line, index) => {
    const readable = libraryLine(line);
    if (readable !== undefined && isWellFormed(readable)) return readable;
    reading.problems.push({ path, line: index + 1, text: line.trim().slice(0, 80) });
    return '';
  });
  return include(SshConfigFile.parse(good.join('\n')), reading, [...within, path]);
}

/** One directive with a value, a comment, or nothing. */
function isWellFormed(line: string): boolean {
  if (/^\s*(#|$)/.test(line)) return true;
  if (!/^\s*[A-Za-z][A-Za-z0-9]*(\s+|\s*=\s*)\S/.test(line)) return false;
  try {
    SshConfigFile.parse(line);
    return true;
  } catch {
    return false;
  }
}

/** Puts the lines of included files in the place of their `Include`. */
async function include(lines: readonly Line[], reading: Reading, within: readonly string[]): Promise<Line[]> {
  const all: Line[] = [];
  for (const line of lines) {
    if (line.type === LineType.DIRECTIVE && /^include$/i.test(line.param) && within.length <= DEEPEST) {
      for (const path of await included(valuesOf(line.value), reading)) {
        all.push(...(await read(path, reading, within)));
      }
    } else {
      if ('config' in line) {
        const inner = await include(line.config, reading, within);
        line.config.splice(0, line.config.length, ...inner);
      }
      all.push(line);
    }
  }
  return all;
}

async function included(patterns: readonly string[], { folder, home }: Reading): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const pattern of patterns) {
    const whole = expandHome(pattern, home);
    const absolute = isAbsolute(whole) ? whole : join(folder, whole);
    const inside = dirname(absolute);
    const names = /[*?]/.test(absolute) ? await namesIn(inside) : [basename(absolute)];
    const matching = names.filter((name) => glob(basename(absolute), name));
    paths.push(...matching.sort().map((name) => join(inside, name)));
  }
  return paths;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}

type Value = string | readonly { readonly val: string }[];

function valuesOf(value: Value): readonly string[] {
  return typeof value === 'string' ? value.split(/\s+/) : value.map(({ val }) => val);
}

/** The section that a person would type the name of to get to this address. */
function sectionOf(config: SshConfigFile, address: string): string {
  const sections = config.flatMap((line) =>
    line.type === LineType.DIRECTIVE && 'config' in line && /^host$/i.test(line.param) ? [line] : [],
  );
  // What is said of the address itself is meant for it.
  if (sections.some((line) => valuesOf(line.value).includes(address))) return address;
  for (const line of sections) {
    const [name = '', ...others] = valuesOf(line.value);
    if (others.length > 0 || /[*?!]/.test(name)) continue;
    const named = line.config.some(
      (inner) =>
        inner.type === LineType.DIRECTIVE &&
        /^hostname$/i.test(inner.param) &&
        valuesOf(inner.value)[0] === address,
    );
    if (named) return name;
  }
  return address;
}
