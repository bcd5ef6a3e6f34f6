// The esbuild plugin that lets unused parts of the AWS SDK be dropped.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { dropUnnamedMembers, wordsOfSources } from './namedMembers.mjs';

const ROOT = resolve(import.meta.dirname, '../..');

/** EC2's own schemas: the only ones whose members are ours alone to name. */
const EC2 = /[\\/]client-ec2[\\/]/;

/**
 * Writes the keys of the SDK's generated schemas as literals: `{ [_xN]: _a }` becomes `{ ["xmlName"]: _a }`.
 * To esbuild a computed key may have side effects (it calls toString), so it keeps every schema of every EC2
 * operation; a literal key may not, so only the schemas in use stay. Of those of EC2, members that no source of
 * ours names go too.
 */
export const literalSchemaKeys = {
  name: 'literal-schema-keys',
  setup(build) {
    build.onLoad({ filter: /[\\/]dist-es[\\/](.*[\\/])?schemas[\\/]schemas_\d+\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const constants = new Map();
      for (const [, name, literal] of source.matchAll(/^const (_\w+) = ("[^"\\]*");$/gm)) {
        constants.set(name, literal);
      }
      const lean = EC2.test(path)
        ? dropUnnamedMembers(source, constants, await wordsOfSources(ROOT))
        : source;
      const contents = lean.replace(/\[(_\w+)\]:/g, (whole, name) => {
        const literal = constants.get(name);
        return literal === undefined ? whole : `[${literal}]:`;
      });
      return { contents, loader: 'js' };
    });
  },
};
