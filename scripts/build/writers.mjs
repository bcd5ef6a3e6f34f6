// The esbuild plugins that write what was built: as it is, or minified once more, with swc.
// esbuild minifies statement by statement; swc inlines, folds and drops across them, which is worth 3 %.
import { Buffer } from 'node:buffer';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, relative, sep } from 'node:path';
import { minify } from '@swc/core';

/** What Node 20 and the panel's Chromium both read in full. */
const ECMA = 2022;

const smaller = async ({ path, text, contents }) => {
  if (!/\.c?js$/.test(path)) return contents;
  const { code } = await minify(text, {
    ecma: ECMA,
    compress: { ecma: ECMA, passes: 3, toplevel: true },
    mangle: { toplevel: true },
  });
  return Buffer.from(code);
};

/** Both need `write: false`. The metafile tells the weight of what was written. */
const writer = (name, contentsOf) => ({
  name,
  setup(build) {
    build.onEnd(async ({ outputFiles = [], metafile }) => {
      for (const file of outputFiles) {
        const written = await contentsOf(file);
        await mkdir(dirname(file.path), { recursive: true });
        await writeFile(file.path, written);
        const output = metafile.outputs[relative('', file.path).replaceAll(sep, '/')];
        if (output !== undefined) output.bytes = written.byteLength;
      }
    });
  },
});

/** Writes the files as small as they get. */
export const squeeze = writer('squeeze', smaller);

/** Writes the files as they are. */
export const plainly = writer('plainly', ({ contents }) => contents);
