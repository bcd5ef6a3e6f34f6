// The esbuild plugin that minifies once more, with swc, what esbuild has minified, and then writes it.
// esbuild minifies statement by statement; swc inlines, folds and drops across them, which is worth 3 %.
import { Buffer } from 'node:buffer';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, relative, sep } from 'node:path';
import { minify } from '@swc/core';

/** What Node 20 and the panel's Chromium both read in full. */
const ECMA = 2022;

const smaller = async (text) => {
  const { code } = await minify(text, {
    ecma: ECMA,
    compress: { ecma: ECMA, passes: 3, toplevel: true },
    mangle: { toplevel: true },
  });
  return Buffer.from(code);
};

/** Needs `write: false`. The metafile tells the weight of what was written. */
export const squeeze = {
  name: 'squeeze',
  setup(build) {
    build.onEnd(async ({ outputFiles = [], metafile }) => {
      for (const { path, text, contents } of outputFiles) {
        const isCode = /\.c?js$/.test(path);
        const written = isCode ? await smaller(text) : contents;
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, written);
        if (isCode) metafile.outputs[relative('', path).replaceAll(sep, '/')].bytes = written.byteLength;
      }
    });
  },
};
