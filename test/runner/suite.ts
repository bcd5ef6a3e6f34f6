/** How the tests of a suite ended. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What a suite's run came to. */
export interface Result extends Counts {
  /** The counts of each of its files by absolute path, where the suite knows them. */
  readonly byFile?: Readonly<Record<string, Counts>>;
}

/** What a suite gets to run with. */
export interface SuiteContext {
  /** Takes what the suite prints, whole lines or not. */
  readonly print: (text: string) => void;
  /** Only these of the suite's files, if given; absolute paths. */
  readonly files: readonly string[] | undefined;
}

/** A set of tests that is run and reported together. */
export interface Suite {
  /** What `npm test -- NAME` calls it. */
  readonly name: string;
  /** Where its test files are, for `npm test -- FILE`; a glob below the project's root. */
  readonly pattern?: string;
  /**
   * A sentence if this machine cannot run it. It is skipped then, or has failed where CI=true.
   */
  readonly unavailable?: () => Promise<string | undefined>;
  /** What it must not share with a suite that runs beside it. */
  readonly alone?: readonly string[];
  /** Whether a failure may come from the machine's load: it waits for windows, guests or other processes. */
  readonly waits?: boolean;
  /** Runs it. A rejection counts as one failed test. */
  readonly run: (context: SuiteContext) => Promise<Result>;
}

export const NONE: Counts = { passed: 0, failed: 0, skipped: 0 };
export const ONE_PASSED: Counts = { ...NONE, passed: 1 };
export const ONE_FAILED: Counts = { ...NONE, failed: 1 };
export const ONE_SKIPPED: Counts = { ...NONE, skipped: 1 };

/** The counts of both together. */
export const plus = (one: Counts, other: Counts): Counts => ({
  passed: one.passed + other.passed,
  failed: one.failed + other.failed,
  skipped: one.skipped + other.skipped,
});

/** The project's directory. */
export const ROOT = new URL('../..', import.meta.url).pathname.replace(/\/$/, '');
