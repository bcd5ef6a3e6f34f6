// The esbuild plugin that imports from the SDK's files themselves instead of from the barrels that export them again.
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parse } from 'acorn';
import MagicString from 'magic-string';

/** The files of the SDK's packages that import. */
const SDK = /[\\/]node_modules[\\/]@(aws-sdk|smithy)[\\/].*\.js$/;

/** The SDK's barrels, such as `@smithy/core` and `@smithy/core/protocols`. */
const BARREL = /^@(aws-sdk|smithy)\/core(\/[\w-]+)?$/;

const syntaxOf = (source) => parse(source, { ecmaVersion: 'latest', sourceType: 'module' }).body;

/** Finds the file behind a name that a barrel exports; `undefined` for what the barrel has of its own. */
function finder(build) {
  const barrels = new Map();
  const read = async (path) => {
    const names = new Map();
    for (const { type, source, specifiers } of syntaxOf(await readFile(path, 'utf8'))) {
      if (type !== 'ExportNamedDeclaration' || source === null) continue;
      for (const { exported, local } of specifiers) {
        names.set(exported.name, { from: source.value, name: local.name });
      }
    }
    return names;
  };
  const resolve = async (specifier, resolveDir) => {
    const { path } = await build.resolve(specifier, { kind: 'import-statement', resolveDir });
    return path;
  };
  const find = async (specifier, name, resolveDir) => {
    const path = await resolve(specifier, resolveDir);
    if (!barrels.has(path)) barrels.set(path, read(path));
    const entry = (await barrels.get(path)).get(name);
    if (entry === undefined) return undefined;
    const from = dirname(path);
    if (BARREL.test(entry.from)) return find(entry.from, entry.name, from);
    return { path: await resolve(entry.from, from), name: entry.name };
  };
  return find;
}

/**
 * To esbuild a file that imports one name from a barrel may reach all that the barrel names. What is used anywhere
 * would be loaded with the main job then: single sign-on's JSON protocol with EC2's query protocol, for one.
 */
export const pastBarrels = {
  name: 'past-barrels',
  setup(build) {
    const find = finder(build);
    build.onLoad({ filter: SDK }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      if (!/from "@(aws-sdk|smithy)\/core["/]/.test(source)) return undefined;
      const text = new MagicString(source);
      for (const { type, source: from, specifiers, start, end } of syntaxOf(source)) {
        if (type !== 'ImportDeclaration' || !BARREL.test(from.value)) continue;
        if (specifiers.some((it) => it.type !== 'ImportSpecifier')) continue;
        const lines = await Promise.all(
          specifiers.map(async ({ imported, local }) => {
            const found = await find(from.value, imported.name, dirname(path));
            const { path: file, name } = found ?? { path: from.value, name: imported.name };
            return `import { ${name} as ${local.name} } from ${JSON.stringify(file)};`;
          }),
        );
        text.overwrite(start, end, lines.join(' '));
      }
      return { contents: text.toString(), loader: 'js' };
    });
  },
};
