import { join } from 'node:path';
import { unpackedPackage } from '../integration/debianPackage.ts';
import { startDiagnoseLab } from '../integration/guest/diagnoseLab.ts';
import type { DiagnoseLab, Placed } from '../integration/guest/diagnoseLab.ts';
import { fiftyPairs } from '../integration/guest/manyPairs.ts';
import { runOrFail } from '../lab/process/run.ts';
import { type Bench, median } from './table.ts';

const RUNS = 5;
/** What fifty pairs may take, as a multiple of one. */
const MOST = 3;

/** Fifty pairs on two ENIs, proven both ways, beside one pair, and beside a script that takes one after another. */
export const bench: Bench = {
  title: 'Proof of 50 pairs on two ENIs',
  run: async (log) => {
    log('starting a lab with a guest of 50 pairs');
    const at = await startDiagnoseLab();
    try {
      const pairs = await fiftyPairs(at);
      const [one, all] = await timed(
        () => prove(at, pairs.slice(0, 1)),
        () => prove(at, pairs),
      );
      const since = performance.now();
      await oneByOne(at, pairs);
      const script = performance.now() - since;
      const times = all / one;
      const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(2)} s`;
      return {
        table: [
          ['', 'time', 'of one pair'],
          ['1 pair, ours', seconds(one), '1.0'],
          ['50 pairs, ours', seconds(all), times.toFixed(1)],
          ['50 pairs, one after another with nc', seconds(script), (script / one).toFixed(1)],
        ],
        problem: times < MOST ? undefined : `50 pairs take ${times.toFixed(1)} times as long as one.`,
      };
    } finally {
      await at.stop();
    }
  },
};

async function prove(at: DiagnoseLab, pairs: readonly Placed[]): Promise<void> {
  const proofs = await at.guest.operator().call('prove', { pairs, ports: [80] });
  const works = proofs.filter(
    ({ inbound, outbound }) => inbound.state === 'passed' && outbound.state === 'passed',
  );
  if (works.length !== pairs.length) throw new Error(`${works.length} of ${pairs.length} pairs work`);
}

/** The medians of some runs of each in turn, in milliseconds, after one that warms up. */
async function timed(one: () => Promise<void>, all: () => Promise<void>): Promise<[number, number]> {
  const times: [number[], number[]] = [[], []];
  for (let run = 0; run <= RUNS; run += 1) {
    for (const [index, work] of [one, all].entries()) {
      const since = performance.now();
      await work();
      if (run > 0) times[index]?.push(performance.now() - since);
    }
  }
  return [median(times[0]), median(times[1])];
}

/** As one does it by hand: a listener over SSH, a connection to it, and a question to the echo, pair by pair. */
async function oneByOne({ guest }: DiagnoseLab, pairs: readonly Placed[]): Promise<void> {
  const nc = join(await unpackedPackage('netcat-openbsd'), 'bin/nc.openbsd');
  const { host, user, keyFile, echoUrl } = guest.setting;
  const ssh = `ssh -n -i ${keyFile} -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR ${user}@${host}`;
  const lines = pairs.map(
    ({ privateAddress, publicIp }) => `
${ssh} "echo token-${privateAddress} | sudo timeout 20 nc -N -l ${privateAddress} 80" &
until [ "$(${nc} -w 1 ${publicIp} 80 </dev/null 2>/dev/null)" = token-${privateAddress} ]; do sleep 0.1; done
wait
[ "$(${ssh} curl -s --interface ${privateAddress} ${echoUrl})" = ${publicIp} ] || exit 1`,
  );
  await runOrFail([...guest.lab.enterOperator, 'bash', '-c', lines.join('\n')]);
}
