import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pack, VSIX_BUDGET, weigh } from '../../scripts/build/vsix.ts';
import { build } from '../runner/build.ts';
import { ROOT } from '../runner/suite.ts';
import { measureStart, type Start } from './start.ts';
import { median, type Bench } from './table.ts';

const FILES = ['extension.cjs', 'ui.cjs', 'aws.cjs', 'ssh.cjs', 'diagnose.cjs', 'panel.js'];
const RUNS = 5;

const ACTIVATION_TARGET_MS = 10;

/** The files' bytes, and how long VS Code's extension host takes to load each and to activate the extension. */
export const bench: Bench = {
  title: `Size, and start in VS Code's extension host (median of ${RUNS} windows)`,
  run: async (log) => {
    const { failed } = await build({ print: log, files: undefined });
    if (failed > 0) throw new Error('The production build failed.');
    const sizes = await Promise.all(FILES.map(sizesOf));
    const starts: Start[] = [];
    while (starts.length < RUNS) {
      log(`window ${starts.length + 1} of ${RUNS}…`);
      starts.push(await measureStart(log));
    }
    const middle = (pick: (start: Start) => number): string => `${median(starts.map(pick)).toFixed(1)} ms`;
    const load = new Map([
      ['extension.cjs', middle(({ loadMs }) => loadMs)],
      ['ui.cjs', middle(({ uiMs }) => uiMs)],
      ['aws.cjs', middle(({ awsMs }) => awsMs)],
      ['ssh.cjs', middle(({ sshMs }) => sshMs)],
    ]);
    const activation = median(starts.map(({ loadMs, activateMs }) => loadMs + activateMs));
    const vsix = await packAndWeigh();
    const weights = await readFile(join(ROOT, 'dist/weights.json'), 'utf8');
    const { mainJob, all, budget } = JSON.parse(weights) as Readonly<Record<string, number>>;
    return {
      table: [
        ['file', 'bytes', 'gzipped', 'load'],
        ...sizes.map(({ name, bytes, gzipped }) => [name, bytes, gzipped, load.get(name) ?? '']),
        ['what the main job loads', mainJob ?? 0, '', `target: < ${budget ?? 0}`],
        ["all of the host's files", all ?? 0],
        ['.vsix, with its pictures', vsix.total],
        ['.vsix, without pictures', vsix.withoutPictures, '', '', `target: < ${VSIX_BUDGET}`],
        ['load and activate', '', '', `${activation.toFixed(1)} ms`, `target: < ${ACTIVATION_TARGET_MS} ms`],
      ],
      problem: activation < ACTIVATION_TARGET_MS ? undefined : 'Activation is slower than its target.',
    };
  },
};

async function packAndWeigh(): Promise<{ total: number; withoutPictures: number }> {
  const directory = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-vsix-'));
  try {
    const file = join(directory, 'extension.vsix');
    await pack(ROOT, file);
    return await weigh(ROOT, file);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function sizesOf(name: string): Promise<{ name: string; bytes: number; gzipped: number }> {
  const content = await readFile(join(ROOT, 'dist', name));
  return { name, bytes: content.length, gzipped: gzipSync(content, { level: 9 }).length };
}
