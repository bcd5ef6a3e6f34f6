import { replaced, unsteady, unsteadyLine } from './secondTry.ts';
import { ONE_FAILED, ONE_SKIPPED, type Result, type Suite, type SuiteContext } from './suite.ts';

/** A suite that has ended. */
export interface Outcome {
  readonly name: string;
  readonly result: Result;
  readonly seconds: number;
}

/** How suites are run. */
export interface ScheduleOptions {
  /** How many may run at the same time. */
  readonly jobs: number;
  /**
   * Whether a suite that this machine cannot run has failed, and whether one that waits for other processes is tried
   * once more by itself before it has.
   */
  readonly strict: boolean;
  /** Only these files, by the suite's name. */
  readonly files: ReadonlyMap<string, readonly string[]>;
  readonly print: (text: string) => void;
}

/**
 * Runs the suites in their order, up to `jobs` at a time, and never two at once that want the same thing alone.
 * With one job a suite prints as it goes; else each prints all of its text when it has ended.
 */
export async function runSuites(
  suites: readonly Suite[],
  options: ScheduleOptions,
): Promise<readonly Outcome[]> {
  const waiting = [...suites];
  const taken = new Set<string>();
  const outcomes: Outcome[] = [];
  const worker = async (): Promise<void> => {
    for (;;) {
      const index = waiting.findIndex(({ alone = [] }) => !alone.some((name) => taken.has(name)));
      // Whoever holds what the rest waits for takes them up when it is done.
      const suite = waiting[index];
      if (suite === undefined) return;
      waiting.splice(index, 1);
      for (const name of suite.alone ?? []) taken.add(name);
      outcomes.push(await runSuite(suite, options));
      for (const name of suite.alone ?? []) taken.delete(name);
    }
  };
  await Promise.all(Array.from({ length: options.jobs }, worker));
  return options.strict ? secondTries(suites, outcomes, options) : outcomes;
}

/** Runs what may have failed for the machine's load once more, each by itself, and says so aloud. */
async function secondTries(
  suites: readonly Suite[],
  outcomes: readonly Outcome[],
  options: ScheduleOptions,
): Promise<readonly Outcome[]> {
  const final: Outcome[] = [];
  for (const outcome of outcomes) {
    const suite = suites.find(({ name }) => name === outcome.name);
    const files = suite && unsteady(suite, outcome.result);
    if (!suite || !files) {
      final.push(outcome);
      continue;
    }
    const selected = files.length === 0 ? options.files : new Map([[suite.name, files]]);
    const second = await runSuite(suite, { ...options, jobs: 1, files: selected });
    options.print(unsteadyLine(suite, files, second));
    final.push(replaced(outcome, files, second));
  }
  return final;
}

async function runSuite(suite: Suite, options: ScheduleOptions): Promise<Outcome> {
  const buffered: string[] = [];
  const print = options.jobs === 1 ? options.print : (text: string) => void buffered.push(text);
  const start = performance.now();
  print(`\n── ${suite.name} ──\n`);
  const result = await resultOf(suite, { print, files: options.files.get(suite.name) }, options.strict);
  const seconds = (performance.now() - start) / 1000;
  const { passed, failed, skipped } = result;
  print(`${suite.name}: ${passed} passed, ${failed} failed, ${skipped} skipped (${seconds.toFixed(1)} s)\n`);
  options.print(buffered.join(''));
  return { name: suite.name, result, seconds };
}

async function resultOf(suite: Suite, context: SuiteContext, strict: boolean): Promise<Result> {
  try {
    const why = await suite.unavailable?.();
    if (why === undefined) return await suite.run(context);
    context.print(`${strict ? 'Cannot be run' : 'Skipped'}: ${why}\n`);
    return strict ? ONE_FAILED : ONE_SKIPPED;
  } catch (error) {
    context.print(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return ONE_FAILED;
  }
}
