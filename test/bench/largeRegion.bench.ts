import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { ENIS } from './largeRegion/answers.ts';
import type { Cost } from './largeRegion/client.ts';
import { type Bench, median } from './table.ts';

const RUNS = 5;
const TARGET_RATIO = 1.3;
const TARGET_BLOCK_MS = 100;
const TARGET_MEGABYTES = 150;

/** What a refresh of a large Region costs, beside the SDK alone reading the same answers. */
export const bench: Bench = {
  title: `Refreshing a Region of ${String(ENIS)} ENIs and their EIPs (median of ${String(RUNS)})`,
  run: async () => {
    const server = spawn(process.execPath, [file('server.ts')], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const [port] = (await once(createInterface(server.stdout), 'line')) as [string];
      const endpoint = `http://127.0.0.1:${port}`;
      const costs = { sdk: [] as Cost[], ours: [] as Cost[] };
      for (let run = 0; run < RUNS; run++) {
        for (const who of ['sdk', 'ours'] as const) costs[who].push(await measure(who, endpoint));
      }
      return compare(middle(costs.sdk), middle(costs.ours));
    } finally {
      server.kill();
    }
  },
};

const file = (name: string): string => join(import.meta.dirname, 'largeRegion', name);

async function measure(who: 'sdk' | 'ours', endpoint: string): Promise<Cost> {
  const env = { ...process.env, AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 's' };
  const args = ['--expose-gc', '--disable-warning=ExperimentalWarning', file('client.ts'), who, endpoint];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  return JSON.parse(stdout) as Cost;
}

function middle(costs: readonly Cost[]): Cost {
  const of = (key: keyof Cost): number => median(costs.map((cost) => cost[key]));
  return {
    things: of('things'),
    cpuMilliseconds: of('cpuMilliseconds'),
    longestBlockMilliseconds: of('longestBlockMilliseconds'),
    heldMegabytes: of('heldMegabytes'),
    peakMegabytes: of('peakMegabytes'),
  };
}

function compare(sdk: Cost, ours: Cost): Awaited<ReturnType<Bench['run']>> {
  const row = (name: string, cost: Cost): (string | number)[] => [
    name,
    `${cost.cpuMilliseconds.toFixed(0)} ms`,
    `${cost.longestBlockMilliseconds.toFixed(0)} ms`,
    `${cost.heldMegabytes.toFixed(0)} MB`,
    `${cost.peakMegabytes.toFixed(0)} MB`,
  ];
  const ratio = ours.cpuMilliseconds / sdk.cpuMilliseconds;
  const problems = [
    ...(ratio < TARGET_RATIO ? [] : [`A refresh costs ${ratio.toFixed(2)} times what the SDK alone needs.`]),
    ...(ours.longestBlockMilliseconds < TARGET_BLOCK_MS
      ? []
      : ['A refresh blocks for too long at a stretch.']),
    ...(ours.peakMegabytes < TARGET_MEGABYTES ? [] : ['A refresh needs too much memory.']),
  ];
  return {
    table: [
      ['who reads', 'processor', 'longest block', 'held after it', 'most held'],
      row('the SDK alone', sdk),
      row('the extension', ours),
      [
        'ratio',
        `${ratio.toFixed(2)}, target: < ${String(TARGET_RATIO)}`,
        `target: < ${String(TARGET_BLOCK_MS)} ms`,
        '',
        `target: < ${String(TARGET_MEGABYTES)} MB`,
      ],
    ],
    problem: problems[0],
  };
}
