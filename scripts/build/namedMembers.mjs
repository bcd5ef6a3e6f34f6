// Leaves out of EC2's generated schemas the members that no source of ours names.
import { glob, readFile } from 'node:fs/promises';
import { parse } from 'acorn';
import MagicString from 'magic-string';

/** What the SDK's schemas call a structure: `[3, namespace, name, traits, memberNames, memberSchemas, required?]`. */
const STRUCTURE = 3;
const NAMES = 4;
const SCHEMAS = 5;
const REQUIRED = 6;

/**
 * Drops from each structure the members whose names occur nowhere in the sources that talk to EC2: what nobody
 * names, nobody can read or write, and without them EC2's hundreds of other shapes are unreachable. Of an
 * answer, the fields that are left out are skipped as any unknown field is.
 */
export function dropUnnamedMembers(source, constants, words) {
  const text = new MagicString(source);
  for (const statement of parse(source, { ecmaVersion: 'latest', sourceType: 'module' }).body) {
    for (const { init } of statement.declaration?.declarations ?? []) {
      if (init?.type !== 'ArrayExpression' || init.elements[0]?.value !== STRUCTURE) continue;
      dropFrom(init.elements, source, text, (name) => words.has(JSON.parse(constants.get(name) ?? '""')));
    }
  }
  return text.toString();
}

function dropFrom(elements, source, text, isNamed) {
  const names = elements[NAMES]?.elements ?? [];
  const schemas = elements[SCHEMAS]?.elements ?? [];
  const kept = names.flatMap(({ name }, index) => (isNamed(name) ? [index] : []));
  if (kept.length === names.length) return;
  for (const [list, index] of [
    [names, NAMES],
    [schemas, SCHEMAS],
  ]) {
    const parts = kept.map((at) => source.slice(list[at].start, list[at].end));
    text.overwrite(elements[index].start, elements[index].end, `[${parts.join(', ')}]`);
  }
  const required = elements[REQUIRED];
  if (required === undefined) return;
  // The required members stand first.
  text.overwrite(required.start, required.end, String(kept.filter((at) => at < required.value).length));
}

/** Every word in the sources of the extension. */
export async function wordsOfSources(root) {
  const words = new Set();
  for await (const file of glob('src/**/*.ts', { cwd: root })) {
    for (const [word] of (await readFile(new URL(file, `file://${root}/`), 'utf8')).matchAll(/\w+/g))
      words.add(word);
  }
  return words;
}
