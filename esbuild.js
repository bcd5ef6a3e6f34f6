// Bundles the extension into dist: CommonJS files for the extension host (the entry; behind doors of their own and
// loaded at first use all else of ours, the AWS SDK, ssh2 and the diagnosis; in dist/parts what several of them
// need, and what is loaded later still) and one script for the panel.
//   node esbuild.js [--production] [--watch]
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { context, build as esbuild } from 'esbuild';
import { asCommonJs } from './scripts/build/asCommonJs.mjs';
import { overBudget, sizeReport, weights } from './scripts/build/budget.mjs';
import { guardDoors } from './scripts/build/guardDoors.mjs';
import { leanSdk } from './scripts/build/leanSdk.mjs';
import { leanSsh } from './scripts/build/leanSsh.mjs';
import { literalSchemaKeys } from './scripts/build/literalSchemaKeys.mjs';
import { notices } from './scripts/build/notices.mjs';
import { pastBarrels } from './scripts/build/pastBarrels.mjs';
import { watchMessages } from './scripts/build/watchMessages.mjs';
import { plainly, squeeze } from './scripts/build/writers.mjs';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** What comes last: it writes the files. */
const write = production ? squeeze : plainly;

const common = {
  bundle: true,
  minify: production,
  write: false,
  sourcemap: production ? false : 'inline',
  // THIRD-PARTY-NOTICES.txt carries the licences of what is packed.
  legalComments: production ? 'none' : 'inline',
  outdir: 'dist',
  metafile: true,
  // Escapes of what is not ASCII would weigh twice as much.
  charset: 'utf8',
  logLevel: watch ? 'silent' : 'warning',
};

const host = {
  ...common,
  entryPoints: {
    extension: 'src/extension.ts',
    ui: 'src/ui/door.ts',
    aws: 'src/core/aws/door.ts',
    ssh: 'src/core/ssh/door.ts',
    diagnose: 'src/ui/diagnose/door.ts',
  },
  outExtension: { '.js': '.cjs' },
  platform: 'node',
  // What several files need, and what is behind an import(), becomes a file of its own, loaded when it is needed.
  splitting: true,
  chunkNames: 'parts/[name]-[hash]',
  format: 'esm',
  // The oldest VS Code that package.json lets in, 1.101, has Node 22.15 and Chromium 134.
  target: 'node22',
  // The ES module builds of the SDK can be tree-shaken, its CommonJS ones cannot: a third of the size.
  mainFields: ['module', 'main'],
  // ssh2 runs without its native parts, which a platform-independent extension cannot carry.
  external: ['vscode', 'cpu-features', '*.node'],
  plugins: [guardDoors, leanSdk, leanSsh, literalSchemaKeys, pastBarrels, asCommonJs, write],
};

const panel = {
  ...common,
  entryPoints: { panel: 'src/panel/main.ts' },
  platform: 'browser',
  format: 'iife',
  target: 'chrome134',
  plugins: [write],
};

if (watch) {
  const messages = watchMessages();
  for (const options of [host, panel]) {
    const watched = await context({ ...options, plugins: [...(options.plugins ?? []), messages] });
    await watched.watch();
  }
} else {
  const [hostResult, panelResult] = await Promise.all([esbuild(host), esbuild(panel)]).catch(() =>
    process.exit(1),
  );
  const metafiles = [hostResult.metafile, panelResult.metafile];
  // Their names hold hashes, so that those of an earlier build would stay. They go last: who reads meanwhile finds all.
  for (const name of readdirSync('dist/parts')) {
    if (!(`dist/parts/${name}` in hostResult.metafile.outputs)) rmSync(`dist/parts/${name}`);
  }
  writeFileSync('dist/THIRD-PARTY-NOTICES.txt', notices(import.meta.dirname, metafiles));
  writeFileSync('dist/weights.json', JSON.stringify(weights(hostResult.metafile)));
  process.stdout.write(sizeReport(metafiles));
  const problem = production ? overBudget(hostResult.metafile) : undefined;
  if (problem !== undefined) {
    process.stderr.write(`${problem}\n`);
    process.exitCode = 1;
  }
}
