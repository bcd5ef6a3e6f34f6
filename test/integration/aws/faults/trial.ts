import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Ec2Options, openEc2 } from '../../../../src/core/aws/door.ts';
import type { Ec2 } from '../../../../src/core/aws/ec2.ts';
import { silentLog } from '../../../../src/core/base/log.ts';
import { type Outcome, applyPlan } from '../../../../src/core/plan/apply.ts';
import { awsHandlers } from '../../../../src/core/plan/changes/awsHandlers.ts';
import type { Handlers } from '../../../../src/core/plan/handler.ts';
import { openJournal, readJournal } from '../../../../src/core/plan/journal.ts';
import type { Plan } from '../../../../src/core/plan/plan.ts';
import { newPlanIdentity } from '../../../../src/core/plan/planBuilder.ts';
import { takeBack } from '../../../../src/core/plan/takeBack.ts';
import { isMutating } from '../../../lab/proxy/select.ts';
import { type Region, applied } from '../region.ts';
import { shapeDifference, stateShape } from '../stateShape.ts';
import type { Mishap, Point } from './faults.ts';
import type { Scenario } from './scenarios.ts';
import { UNPACED } from './unpaced.ts';

/** A plan with the state before it and the state after an undisturbed run of it. */
export interface Trial {
  readonly region: Region;
  readonly plan: Plan;
  readonly points: readonly Point[];
  /** How many entries the journal of an undisturbed run has. */
  readonly entries: number;
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Goes back to the state before. */
  readonly goBack: () => Promise<void>;
  /** Goes to the state after an undisturbed run, of which this is the journal. */
  readonly goToEnd: () => Promise<void>;
  readonly journal: string;
  readonly path: string;
}

/** What is wrong after a mishap, a sentence each. */
export type Faults = readonly string[];

export const PATIENCE = {
  firstMilliseconds: 5,
  longestMilliseconds: 20,
  totalMilliseconds: 5_000,
  lagMilliseconds: 80,
};

/** Sets a scenario up and runs it once without disturbance. */
export async function startTrial(region: Region, { plan: prepare }: Scenario): Promise<Trial> {
  await region.reset();
  await region.emulator.setQuota(8);
  const plan = await prepare(region);
  const path = join(region.files.directory, `${plan.id}.jsonl`);
  const before = await shapeOf(region);
  const goBack = await region.emulator.keep();
  region.proxy.clear();
  let entries = 1;
  const journal = await openJournal(path, plan);
  const counted = {
    ...journal,
    append: (...it: Parameters<typeof journal.append>) => (entries++, journal.append(...it)),
  };
  await applied(region, plan, { patience: PATIENCE, journal: counted });
  await journal.close();
  const seen = new Map<string, number>();
  const points = region.proxy
    .calls()
    .filter(isMutating)
    .map(({ action }) => {
      const nth = 1 + (seen.get(action) ?? 0);
      seen.set(action, nth);
      return { action, nth };
    });
  const after = await shapeOf(region);
  const goToEnd = await region.emulator.keep();
  const text = await readFile(path, 'utf8');
  return { region, plan, points, entries, before, after, goBack, goToEnd, journal: text, path };
}

/** Cuts the journal of a finished run short, after so many whole lines and a torn one, and tries both ways out. */
export async function tryCut(trial: Trial, lines: number, { passes }: Scenario): Promise<Faults> {
  await trial.goToEnd();
  const whole = trial.journal.split('\n');
  await writeFile(trial.path, [...whole.slice(0, lines), whole[lines]?.slice(0, 30)].join('\n'));
  // Where not even an intent is left, nothing says that such a state is the plan's own doing.
  const ways = passes === true && lines === 1 ? resumeAndCompare(trial) : tryWaysOut(trial);
  return (await ways).map((fault) => `cut after line ${String(lines)}: ${fault}`);
}

/** Applies the plan with a mishap at one call, and tries both ways out. */
export async function tryMishap(
  trial: Trial,
  mishap: Mishap,
  point: Point,
  handlers: (ec2: Ec2) => Handlers = awsHandlers,
): Promise<Faults> {
  const { region, plan, path } = trial;
  await startOver(trial);
  for (const fault of mishap.at(point)) region.proxy.use(fault);
  const ec2 = mishap.silent === true ? await openImpatient(region) : region.ec2;
  const journal = await openJournal(path, plan);
  const outcome = await applyPlan(plan, { handlers: handlers(ec2), journal, patience: PATIENCE });
  await journal.close();
  region.proxy.restore();
  if (ec2 !== region.ec2) ec2.close();
  // A finished run is taken back just as an undisturbed one, unless it had to look for what it had done.
  const isFirst = point === trial.points[0];
  const skipsUndo = outcome.state === 'done' && !isFirst && mishap.looked !== true;
  const faults = skipsUndo
    ? compare('The run', await shapeOf(region), trial.after)
    : await tryWaysOut(trial, handlers, outcome);
  return faults.map((fault) => `${point.action} ${String(point.nth)} ${mishap.name}: ${fault}`);
}

/** Goes on with an interrupted plan and compares; then goes back to the interruption, takes it back, and compares. */
export async function tryWaysOut(
  trial: Trial,
  handlers: (ec2: Ec2) => Handlers = awsHandlers,
  outcome?: Outcome,
): Promise<Faults> {
  const { region, path } = trial;
  const interrupted = await region.emulator.keep();
  await copyFile(path, `${path}.interrupted`);
  const resumedFaults = await resumeAndCompare(trial, handlers, outcome);
  await interrupted();
  await copyFile(`${path}.interrupted`, path);
  return [...resumedFaults, ...(await undo(trial, handlers))];
}

async function resumeAndCompare(
  trial: Trial,
  handlers: (ec2: Ec2) => Handlers = awsHandlers,
  outcome?: Outcome,
): Promise<Faults> {
  const faults = outcome?.state === 'done' ? [] : await resume(trial, handlers);
  return [...faults, ...compare('Resume', await shapeOf(trial.region), trial.after)];
}

async function resume({ region, plan, path }: Trial, handlers: (ec2: Ec2) => Handlers): Promise<Faults> {
  const journal = await openJournal(path, plan);
  const progress = journal.earlier;
  const options = { handlers: handlers(region.ec2), journal, progress, patience: PATIENCE };
  const outcome = await applyPlan(plan, options);
  await journal.close();
  return faultsOf('Resume', outcome);
}

async function undo({ region, path, before }: Trial, handlers: (ec2: Ec2) => Handlers): Promise<Faults> {
  const content = await readJournal(path);
  if (content === undefined) return [];
  const all = handlers(region.ec2);
  const plan = await takeBack(content, all, newPlanIdentity(), PATIENCE);
  // What cannot be taken back is not offered to be.
  if (plan === undefined) return [];
  const outcome = await applyPlan(plan, { handlers: all, patience: PATIENCE });
  const lossy = content.plan.changes.some((change) => change.undo === 'lossy');
  const [actual, expected] = lossy
    ? [(await shapeOf(region)).map(withoutTags), before.map(withoutTags)]
    : [await shapeOf(region), before];
  return [...faultsOf('Undo', outcome), ...compare('Undo', actual, expected)];
}

/** An EIP that was released and allocated again has lost its tags, as the preview says. */
function withoutTags(line: string): string {
  return line.startsWith('Addresses ') ? line.replace(/"Tags":\[[^\]]*\],?/, '') : line;
}

function compare(way: string, actual: readonly string[], expected: readonly string[]): Faults {
  const { extra, missing } = shapeDifference(actual, expected);
  return [
    ...extra.map((thing) => `${way} leaves ${thing}`),
    ...missing.map((thing) => `${way} lacks ${thing}`),
  ];
}

function faultsOf(way: string, outcome: Outcome): Faults {
  return outcome.state === 'failed'
    ? outcome.failures.map(({ change, error }) => `${way} fails at ${change.id}: ${String(error)}`)
    : [];
}

export async function startOver({ region, goBack, path }: Trial): Promise<void> {
  region.proxy.restore();
  region.proxy.clear();
  await goBack();
  await rm(path, { force: true });
}

async function shapeOf({ emulator }: Region): Promise<readonly string[]> {
  return stateShape(await emulator.state());
}

/** The same connection with so short a timeout that a test can wait for it. */
function openImpatient({ proxy }: Region): Promise<Ec2> {
  const options: Ec2Options = { profile: 'lab', endpoint: proxy.endpoint, log: silentLog, pacer: UNPACED };
  return openEc2({ ...options, timeouts: { connectMilliseconds: 5_000, answerMilliseconds: 400 } });
}
