import { check } from './command.ts';
import type { Counts, SuiteContext } from './suite.ts';

let built: Promise<Counts> | undefined;

/** Builds for production, within the size budget, once a run: several suites need what it makes. */
export function build(context: SuiteContext): Promise<Counts> {
  built ??= check('esbuild.js', '--production')(context);
  return built;
}
