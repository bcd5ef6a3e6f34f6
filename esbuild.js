// Bundles the extension into dist: five CommonJS files for the extension host (the entry; behind doors of their
// own and loaded at first use all else of ours, the AWS SDK, ssh2 and the diagnosis) and one script for the panel.
//   node esbuild.js [--production] [--watch]
import { writeFileSync } from 'node:fs';
import { context, build as esbuild } from 'esbuild';
import { overBudget, sizeReport } from './scripts/build/budget.mjs';
import { lazyDoors } from './scripts/build/lazyDoors.mjs';
import { leanSdk } from './scripts/build/leanSdk.mjs';
import { leanSsh } from './scripts/build/leanSsh.mjs';
import { literalSchemaKeys } from './scripts/build/literalSchemaKeys.mjs';
import { notices } from './scripts/build/notices.mjs';
import { squeeze } from './scripts/build/squeeze.mjs';
import { watchMessages } from './scripts/build/watchMessages.mjs';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** What comes after esbuild's own work. */
const finish = production ? [squeeze] : [];

const common = {
  bundle: true,
  minify: production,
  write: !production,
  sourcemap: !production,
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
  format: 'cjs',
  target: 'node20',
  // The ES module builds of the SDK can be tree-shaken, its CommonJS ones cannot: a third of the size.
  mainFields: ['module', 'main'],
  // ssh2 runs without its native parts, which a platform-independent extension cannot carry.
  external: ['vscode', 'cpu-features', '*.node'],
  // An import() of a door has to become a require(): inlined, it would load with the entry.
  supported: { 'dynamic-import': false },
  plugins: [lazyDoors, leanSdk, leanSsh, literalSchemaKeys, ...finish],
};

const panel = {
  ...common,
  entryPoints: { panel: 'src/panel/main.ts' },
  platform: 'browser',
  format: 'iife',
  target: 'chrome132',
  plugins: finish,
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
  writeFileSync('dist/THIRD-PARTY-NOTICES.txt', notices(import.meta.dirname, metafiles));
  process.stdout.write(sizeReport(metafiles));
  const problem = production ? overBudget(hostResult.metafile) : undefined;
  if (problem !== undefined) {
    process.stderr.write(`${problem}\n`);
    process.exitCode = 1;
  }
}
