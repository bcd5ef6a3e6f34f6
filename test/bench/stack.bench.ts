import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { applyPlan } from '../../src/core/plan/apply.ts';
import { awsHandlers } from '../../src/core/plan/changes/awsHandlers.ts';
import { openJournal } from '../../src/core/plan/journal.ts';
import { prepareStack } from '../../src/core/plan/preflight.ts';
import { type Region, startRegion, walkStack } from '../integration/aws/region.ts';
import { accessKeys, debianImage } from '../lab/emulator/emulator.ts';
import { ensurePackages } from '../lab/process/packages.ts';
import { changeTimer, criticalPath } from './criticalPath.ts';
import { type Bench, median } from './table.ts';

const LATENCIES_MS = [0, 50, 150];
const RUNS = 5;
const TARGET_AT_MS = 150;
const TARGET_RATIO = 12;
const TARGET_OF_CRITICAL_PATH = 1.15;

/** The stack plan beside the same calls by the AWS CLI, both through the proxy to the same emulator. */
export const bench: Bench = {
  title: `The whole stack: AWS CLI in bash beside the plan (median of ${String(RUNS)})`,
  run: async (log) => {
    await ensurePackages('The comparison', { '/usr/bin/aws': 'awscli' }, log);
    const region = await startRegion();
    try {
      await planOnce(region);
      const rows = [];
      for (const latency of LATENCIES_MS) {
        log(`${String(latency)} ms a call…`);
        rows.push(await measure(region, latency));
      }
      return { table: [HEADER, ...rows.map(cells)], problem: rows.flatMap(problemOf)[0] };
    } finally {
      await region.stop();
    }
  },
};

const HEADER = [
  'added a call',
  'AWS CLI',
  'its calls',
  'plan: checks',
  'apply',
  'its calls',
  'CLI / (checks + apply)',
  'critical path',
  'apply / critical path',
];

interface Row {
  readonly latency: number;
  readonly cli: number;
  readonly cliCalls: number;
  readonly checks: number;
  readonly apply: number;
  readonly calls: number;
  readonly path: number;
}

async function measure(region: Region, latency: number): Promise<Row> {
  await afresh(region, latency);
  const cli = await timed(() => walkByCli(region));
  const cliCalls = region.proxy.calls().length;
  await afresh(region, latency);
  const { path } = await planOnce(region, 1);
  const runs = [];
  for (let run = 0; run < RUNS; run++) {
    await afresh(region, latency);
    runs.push(await planOnce(region));
  }
  return {
    latency,
    cli,
    cliCalls,
    checks: median(runs.map(({ checks }) => checks)),
    apply: median(runs.map(({ apply }) => apply)),
    calls: region.proxy.calls().length,
    path,
  };
}

/** With `concurrency` 1 each change takes the time that it takes alone, from which the critical path follows. */
async function planOnce(
  { ec2, files }: Region,
  concurrency?: number,
): Promise<{ checks: number; apply: number; path: number }> {
  const began = performance.now();
  const plan = await prepareStack(ec2, walkStack());
  const checks = performance.now() - began;
  const { onEvent, milliseconds } = changeTimer();
  const apply = await timed(async () => {
    const journal = await openJournal(join(files.directory, `${plan.id}.journal`), plan);
    const { state } = await applyPlan(plan, { handlers: awsHandlers(ec2), journal, onEvent, concurrency });
    await journal.close();
    if (state !== 'done') throw new Error(`The plan ended ${state}.`);
  });
  return { checks, apply, path: criticalPath(plan, milliseconds) };
}

async function walkByCli({ proxy }: Region): Promise<void> {
  const child = spawn(join(import.meta.dirname, 'walk.sh'), [proxy.endpoint, debianImage], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: '/usr/bin:/bin',
      AWS_ACCESS_KEY_ID: accessKeys.good,
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_EC2_METADATA_DISABLED: 'true',
      PUBLIC_KEY: walkStack().instance.key?.publicKey ?? '',
    },
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`walk.sh ended with ${String(code)}.`);
}

async function afresh(region: Region, latency: number): Promise<void> {
  await region.reset();
  region.proxy.setLatency(latency);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function ratioOf({ cli, checks, apply }: Row): number {
  return cli / (checks + apply);
}

function cells(row: Row): (string | number)[] {
  const ms = (value: number): string => `${value.toFixed(0)} ms`;
  return [
    ms(row.latency),
    ms(row.cli),
    row.cliCalls,
    ms(row.checks),
    ms(row.apply),
    row.calls,
    `${ratioOf(row).toFixed(1)}×`,
    ms(row.path),
    (row.apply / row.path).toFixed(2),
  ];
}

function problemOf(row: Row): readonly string[] {
  if (row.latency !== TARGET_AT_MS) return [];
  const at = `At ${String(TARGET_AT_MS)} ms`;
  return [
    ...(ratioOf(row) < TARGET_RATIO
      ? [`${at} the plan is less than ${String(TARGET_RATIO)} times faster.`]
      : []),
    ...(row.apply > TARGET_OF_CRITICAL_PATH * row.path
      ? [`${at} applying takes more than ${String(TARGET_OF_CRITICAL_PATH)} times the critical path.`]
      : []),
  ];
}
