import { ONE_FAILED, ONE_SKIPPED, type Counts, type Suite, type SuiteContext } from './suite.ts';

/** A suite that has ended. */
export interface Outcome {
  readonly name: string;
  readonly counts: Counts;
  readonly seconds: number;
}

/** How suites are run. */
export interface ScheduleOptions {
  /** How many may run at the same time. */
  readonly jobs: number;
  /** Whether a suite that this machine cannot run has failed. */
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
  return outcomes;
}

async function runSuite(suite: Suite, options: ScheduleOptions): Promise<Outcome> {
  const buffered: string[] = [];
  const print = options.jobs === 1 ? options.print : (text: string) => void buffered.push(text);
  const start = performance.now();
  print(`\n── ${suite.name} ──\n`);
  const counts = await countsOf(suite, { print, files: options.files.get(suite.name) }, options.strict);
  const seconds = (performance.now() - start) / 1000;
  const { passed, failed, skipped } = counts;
  print(`${suite.name}: ${passed} passed, ${failed} failed, ${skipped} skipped (${seconds.toFixed(1)} s)\n`);
  options.print(buffered.join(''));
  return { name: suite.name, counts, seconds };
}

async function countsOf(suite: Suite, context: SuiteContext, strict: boolean): Promise<Counts> {
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
