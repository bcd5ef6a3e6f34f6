import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mochaSuite, testFiles } from './mocha.ts';
import { runSuites, type ScheduleOptions } from './schedule.ts';
import { select } from './select.ts';
import { NONE, ONE_FAILED, ONE_PASSED, ONE_SKIPPED, plus, ROOT, type Counts, type Suite } from './suite.ts';
import { SUITES } from './suites.ts';

describe('The test runner', () => {
  let directory: string;
  let printed: string;

  beforeEach(async () => {
    printed = '';
    directory = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-runner-'));
  });

  afterEach(() => rm(directory, { recursive: true, force: true }));

  const options = (some: Partial<ScheduleOptions> = {}): ScheduleOptions => ({
    ...{ jobs: 1, strict: false, files: new Map(), print: (text) => (printed += text) },
    ...some,
  });

  const countsOf = async (suite: Suite, some?: Partial<ScheduleOptions>): Promise<Counts | undefined> => {
    const result = (await runSuites([suite], options(some)))[0]?.result;
    return result && { passed: result.passed, failed: result.failed, skipped: result.skipped };
  };

  const runFiles = async (
    sources: readonly string[],
    suite: { waits?: boolean } = {},
    some: Partial<ScheduleOptions> = {},
  ): Promise<Counts | undefined> => {
    const files = sources.map((_, index) => join(directory, `some${index}.test.ts`));
    await Promise.all(files.map((file, index) => writeFile(file, sources[index] ?? '')));
    const made = mochaSuite({ name: 'some', pattern: 'test/none', timeoutMs: 500, ...suite });
    return countsOf(made, { ...some, files: new Map([['some', files]]) });
  };

  const runFile = (source: string): Promise<Counts | undefined> => runFiles([source]);

  it('runs every test file of the project in just one suite', async () => {
    const patterns = SUITES.flatMap(({ pattern }) => (pattern === undefined ? [] : [pattern]));
    const found = (await Promise.all(patterns.map(testFiles))).flat().sort();
    assert.deepEqual(found, await testFiles('test/**/*.test.ts'));
  });

  it('counts passed, failed and skipped tests', async () => {
    const counts = await runFile(`
      it('passes', () => {});
      it('passes too', () => {});
      it('fails', () => { throw new Error('for a reason'); });
      it.skip('is skipped', () => {});`);
    assert.deepEqual(counts, { passed: 2, failed: 1, skipped: 1 });
    assert.match(printed, /for a reason/);
  });

  it('skips, and counts, the steps after one that failed, and no other suite’s', async () => {
    const helper = join(import.meta.dirname, 'oneAfterAnother.ts');
    const steps = (name: string, first: string) => `
      describe('${name}', function () {
        oneAfterAnother(this);
        it('first', () => { ${first} });
        it('second', () => {});
        it('third', () => {});
      });`;
    const counts = await runFile(`
      import { oneAfterAnother } from '${helper}';
      ${steps('broken', "throw new Error('no');")}
      ${steps('whole', '')}`);
    assert.deepEqual(counts, { passed: 3, failed: 1, skipped: 2 });
  });

  it('counts a hook that fails, a test that hangs and one that runs alone as failures', async () => {
    const hook = `describe('x', () => { before(() => { throw new Error('no'); }); it('y', () => {}); });`;
    assert.deepEqual(await runFile(hook), ONE_FAILED);
    assert.deepEqual(await runFile(`it('hangs', () => new Promise(() => {}));`), ONE_FAILED);
    assert.deepEqual(await runFile(`it.only('alone', () => {});`), ONE_FAILED);
  });

  it('counts a file that cannot be loaded, and a run that ends midway, as failures', async () => {
    assert.deepEqual(await runFile(`import './nowhere.ts';`), ONE_FAILED);
    assert.match(printed, /nowhere\.ts/);
    assert.deepEqual(await runFile(`it('ends all', () => process.exit(0));`), ONE_FAILED);
    assert.match(printed, /left no report/);
  });

  it('ends a run although a test left something open', async () => {
    assert.deepEqual(await runFile(`it('waits', () => void setInterval(() => {}, 1000));`), ONE_PASSED);
  });

  it('counts a suite without files as no test, and one that throws as a failure', async () => {
    assert.deepEqual(await countsOf(mochaSuite({ name: 'x', pattern: 'test/none', timeoutMs: 1 })), NONE);
    const broken = { name: 'broken', run: () => Promise.reject(new Error('broken suite')) };
    assert.deepEqual(await countsOf(broken), ONE_FAILED);
    assert.match(printed, /broken suite/);
  });

  /** Fails at its first run only. */
  const fickle = () => `
    import { existsSync, writeFileSync } from 'node:fs';
    it('is fickle', () => {
      const mark = '${directory}/mark';
      if (existsSync(mark)) return;
      writeFileSync(mark, '');
      throw new Error('at first');
    });
    it('passes beside it', () => {});`;
  const steady = `it('is steady', () => {});`;

  it('tries a file that failed once more by itself where that is an error, and says so', async () => {
    const counts = await runFiles([fickle(), steady], { waits: true }, { strict: true, jobs: 2 });
    assert.deepEqual(counts, { passed: 3, failed: 0, skipped: 0 });
    assert.match(printed, /at first/);
    assert.match(printed, /UNSTEADY: .*some0\.test\.ts failed beside other suites, and passed by itself/);
    assert.equal(printed.match(/is steady/g)?.length, 1);
  });

  it('fails what fails again, what does not wait for others, and what nobody is strict with', async () => {
    const broken = `it('is broken', () => { throw new Error('always'); });`;
    const strict = { strict: true };
    assert.deepEqual(await runFiles([broken, steady], { waits: true }, strict), plus(ONE_PASSED, ONE_FAILED));
    assert.match(printed, /some0\.test\.ts failed by itself as well/);
    assert.deepEqual(await runFiles([fickle()], {}, strict), plus(ONE_PASSED, ONE_FAILED));
    await rm(join(directory, 'mark'));
    assert.deepEqual(await runFiles([fickle()], { waits: true }), plus(ONE_PASSED, ONE_FAILED));
  });

  it('tries no suite again that is broken in many places, or ended without a report', async () => {
    const broken = `it('is broken', () => { throw new Error('always'); });`;
    const failed = await runFiles([broken, broken, broken, broken], { waits: true }, { strict: true });
    assert.deepEqual(failed, { ...NONE, failed: 4 });
    const ended = `it('ends all', () => process.exit(0));`;
    assert.deepEqual(await runFiles([ended], { waits: true }, { strict: true }), ONE_FAILED);
    assert.doesNotMatch(printed, /by itself/);
  });

  it('tries a suite that does not know its files once more as a whole', async () => {
    let runs = 0;
    const run = () => Promise.resolve(++runs === 1 ? ONE_FAILED : ONE_PASSED);
    assert.deepEqual(await countsOf({ name: 'whole', waits: true, run }, { strict: true }), ONE_PASSED);
    assert.match(printed, /UNSTEADY: the suite whole failed/);
  });

  it('skips what this machine cannot run, but not where that is an error', async () => {
    const suite: Suite = {
      name: 'needy',
      unavailable: () => Promise.resolve('It needs more.'),
      run: () => Promise.resolve(ONE_PASSED),
    };
    assert.deepEqual(await countsOf(suite), ONE_SKIPPED);
    assert.match(printed, /Skipped: It needs more\./);
    assert.deepEqual(await countsOf(suite, { strict: true }), ONE_FAILED);
  });

  it('runs suites side by side, but not those that want the same thing alone', async () => {
    const running = new Set<string>();
    const together = new Set<string>();
    const make = (name: string, alone: readonly string[]): Suite => ({
      name,
      alone,
      run: async ({ print }) => {
        running.add(name);
        print(`${name} begins\n`);
        await new Promise((resolve) => setTimeout(resolve, 20));
        together.add([...running].sort().join('+'));
        print(`${name} ends\n`);
        running.delete(name);
        return ONE_PASSED;
      },
    });
    const suites = [make('one', ['lab']), make('two', ['lab']), make('three', [])];
    const outcomes = await runSuites(suites, options({ jobs: 3 }));
    assert.equal(outcomes.length, 3);
    assert.ok([...together].some((names) => names.includes('+')));
    assert.ok([...together].every((names) => !names.includes('one+two') && !names.includes('one+three+two')));
    for (const name of ['one', 'two', 'three']) {
      assert.match(printed, new RegExp(`${name} begins\n${name} ends\n`));
    }
  });

  it('selects suites by name and by file, in their order, and says what is unknown', () => {
    const suite = (name: string, pattern?: string): Suite => ({
      name,
      ...(pattern === undefined ? {} : { pattern }),
      run: () => Promise.resolve(NONE),
    });
    const all = [suite('lint'), suite('runner', 'test/runner/**/*.test.ts'), suite('ui')];
    const names = (...args: string[]): string[] => select(all, args).suites.map(({ name }) => name);
    assert.deepEqual(names(), ['lint', 'runner', 'ui']);
    assert.deepEqual(names('ui', 'lint'), ['lint', 'ui']);
    const file = join(ROOT, 'test/runner/runner.test.ts');
    assert.deepEqual(names(file), ['runner']);
    assert.deepEqual([...select(all, [file]).files], [['runner', [file]]]);
    assert.equal(select(all, ['--jobs', '2']).jobs, 2);
    assert.throws(
      () => names('nothing'),
      /"nothing" is neither a suite \(lint, runner, ui\) nor a test file/,
    );
    assert.throws(() => names('--jobs', 'many'), /--jobs wants a whole number from 1, not "many"/);
  });
});
