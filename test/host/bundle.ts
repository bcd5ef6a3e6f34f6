// Bundles every test/host/**/*.test.ts into dist/test/host.cjs, which VS Code loads as its extensionTestsPath.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { testFiles } from '../runner/mocha.ts';
import { ROOT } from '../runner/suite.ts';

/** Where the bundle is. */
export const HOST_TESTS = join(ROOT, 'dist/test/host.cjs');

/** A module's own address, which a bundle would lose: test helpers find their files by it. */
const ownAddress: Plugin = {
  name: 'own-address',
  setup(bundle) {
    bundle.onLoad({ filter: /[\\/]test[\\/].*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const contents = source
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
        .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)))
        .replaceAll('import.meta.filename', JSON.stringify(path));
      return { contents, loader: 'ts' };
    });
  },
};

/** Bundled as the build does it: a CommonJS file cannot have its default import from outside. */
const inside: Plugin = {
  name: 'inside',
  setup(bundle) {
    bundle.onResolve({ filter: /^ssh-config$/ }, ({ path }) => ({
      path: join(ROOT, 'node_modules', path, 'lib/ssh-config.js'),
    }));
  },
};

/** Writes the bundle, and resolves to the number of test files in it. */
export async function bundleHostTests(): Promise<number> {
  const files = await testFiles('test/host/**/*.test.ts');
  const loaders = files.map((file) => `() => import(${JSON.stringify(file)})`).join(',\n');
  await build({
    stdin: {
      contents: `import { runInHost } from './inHost.ts';\nexport const run = () => runInHost([${loaders}]);`,
      resolveDir: join(ROOT, 'test/host'),
      loader: 'ts',
    },
    outfile: HOST_TESTS,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: true,
    packages: 'external',
    external: ['vscode'],
    plugins: [ownAddress, inside],
    logLevel: 'warning',
  });
  return files.length;
}

if (import.meta.main) await bundleHostTests();
