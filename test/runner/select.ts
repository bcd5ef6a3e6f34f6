import { existsSync } from 'node:fs';
import { matchesGlob, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT, type Suite } from './suite.ts';

/** What a command line asks for. */
export interface Selection {
  readonly suites: readonly Suite[];
  readonly files: ReadonlyMap<string, readonly string[]>;
  readonly jobs: number;
}

/**
 * Reads `[--jobs N] [SUITE|FILE…]`: nothing named means every suite; a file selects its suite, and that file only.
 * @throws Error that says what is wrong with the arguments.
 */
export function select(all: readonly Suite[], args: readonly string[]): Selection {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { jobs: { type: 'string', short: 'j', default: '1' } },
  });
  const jobs = Number(values.jobs);
  if (!Number.isInteger(jobs) || jobs < 1) {
    throw new Error(`--jobs wants a whole number from 1, not "${values.jobs}".`);
  }
  const files = new Map<string, string[]>();
  const names = new Set<string>();
  for (const word of positionals) {
    const suite = all.find(({ name }) => name === word) ?? suiteOfFile(all, word, files);
    names.add(suite.name);
  }
  const suites = names.size === 0 ? all : all.filter(({ name }) => names.has(name));
  return { suites, files, jobs };
}

function suiteOfFile(all: readonly Suite[], word: string, files: Map<string, string[]>): Suite {
  const path = resolve(word);
  const suite = all.find(
    ({ pattern }) => pattern !== undefined && matchesGlob(relative(ROOT, path), pattern),
  );
  if (suite === undefined || !existsSync(path)) {
    const names = all.map(({ name }) => name).join(', ');
    throw new Error(`"${word}" is neither a suite (${names}) nor a test file of one.`);
  }
  files.set(suite.name, [...(files.get(suite.name) ?? []), path]);
  return suite;
}
