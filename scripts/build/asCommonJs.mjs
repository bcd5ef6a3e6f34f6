// The esbuild plugin that turns the files of a build into CommonJS, which is what VS Code loads.
// esbuild splits only ES modules into files, so the split comes first and the translation after it, file by file.
import { Buffer } from 'node:buffer';
import { transform } from 'esbuild';

const translated = async (file, sourcemap) => {
  const { code } = await transform(file.text, {
    format: 'cjs',
    platform: 'node',
    // An import() becomes a require() that runs when the line runs.
    supported: { 'dynamic-import': false },
    charset: 'utf8',
    minifyWhitespace: !sourcemap,
    sourcemap: sourcemap ? 'inline' : false,
    sourcefile: file.path,
  });
  return { path: file.path, text: code, contents: Buffer.from(code) };
};

/** Needs `write: false` and, for maps, `sourcemap: 'inline'`; whoever comes after it writes the files. */
export const asCommonJs = {
  name: 'as-commonjs',
  setup(build) {
    const sourcemap = build.initialOptions.sourcemap === 'inline';
    build.onEnd(async (result) => {
      const files = result.outputFiles ?? [];
      const code = files.filter(({ path }) => path.endsWith('.cjs'));
      const others = files.filter((file) => !code.includes(file));
      result.outputFiles = [
        ...others,
        ...(await Promise.all(code.map((file) => translated(file, sourcemap)))),
      ];
    });
  },
};
