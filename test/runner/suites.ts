import { chromiumUnavailable } from '../lab/vscode/install.ts';
import { build } from './build.ts';
import { check } from './command.ts';
import { hostTests } from './host.ts';
import { labUnavailable, emulatorPytest } from './lab.ts';
import { mochaSuite } from './mocha.ts';
import { ONE_FAILED, type Suite } from './suite.ts';

const eslint = 'node_modules/eslint/bin/eslint.js';
const prettier = 'node_modules/prettier/bin/prettier.cjs';
const tsc = 'node_modules/typescript/bin/tsc';

/** Two windows at once would only wait for each other. */
const WINDOW = 'window';
const LAB = 'lab';

/** A suite that needs what a production build makes. */
function onBuild(suite: Suite): Suite {
  return {
    ...suite,
    run: async (context) => ((await build(context)).failed > 0 ? ONE_FAILED : suite.run(context)),
  };
}

/** All suites, in the order in which they tell most the soonest, side by side as well. */
export const SUITES: readonly Suite[] = [
  { name: 'lint', run: check(eslint, '.', '--max-warnings', '0') },
  { name: 'format', run: check(prettier, '--check', '--log-level', 'warn', '.') },
  { name: 'types', run: check(tsc) },
  { name: 'build', run: build },
  mochaSuite({ name: 'unit', pattern: 'test/unit/**/*.test.ts', timeoutMs: 20_000 }),
  mochaSuite({ name: 'runner', pattern: 'test/runner/**/*.test.ts', timeoutMs: 60_000 }),
  // The longest, which others run beside; begun last, it would end alone.
  mochaSuite({
    name: 'guest',
    waits: true,
    pattern: 'test/integration/guest/**/*.test.ts',
    timeoutMs: 120_000,
    alone: [LAB],
    unavailable: labUnavailable,
  }),
  { name: 'emulator-python', waits: true, run: emulatorPytest },
  mochaSuite({
    name: 'emulator',
    waits: true,
    pattern: 'test/lab/{emulator,proxy}/**/*.test.ts',
    timeoutMs: 120_000,
  }),
  mochaSuite({
    name: 'vscode',
    waits: true,
    pattern: 'test/lab/vscode/**/*.test.ts',
    timeoutMs: 180_000,
    alone: [WINDOW],
    unavailable: () => Promise.resolve(chromiumUnavailable()),
  }),
  {
    name: 'host',
    waits: true,
    pattern: 'test/host/**/*.test.ts',
    alone: [WINDOW],
    unavailable: () => Promise.resolve(chromiumUnavailable()),
    run: hostTests,
  },
  onBuild(
    mochaSuite({
      name: 'aws',
      waits: true,
      pattern: 'test/integration/aws/**/*.test.ts',
      timeoutMs: 120_000,
    }),
  ),
  // Begins when the guests are through, and what is short runs beside it.
  onBuild(
    mochaSuite({
      name: 'ui',
      waits: true,
      pattern: 'test/ui/**/*.test.ts',
      timeoutMs: 300_000,
      alone: [WINDOW, LAB],
      unavailable: async () => chromiumUnavailable() ?? (await labUnavailable()),
    }),
  ),
  onBuild(mochaSuite({ name: 'package', pattern: 'test/package/**/*.test.ts', timeoutMs: 60_000 })),
  mochaSuite({
    name: 'programs',
    waits: true,
    pattern: 'test/integration/{ssh,ifupdown,probe,cli}/**/*.test.ts',
    timeoutMs: 60_000,
    unavailable: labUnavailable,
  }),
  mochaSuite({
    name: 'lab',
    waits: true,
    pattern: 'test/lab/*.test.ts',
    timeoutMs: 60_000,
    unavailable: labUnavailable,
  }),
];
