import { doesNotMatch, equal, match } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { run } from './process/run.ts';
import { isAlive } from './process/runDirectory.ts';

const cli: readonly [string, ...string[]] = [
  process.execPath,
  '--disable-warning=ExperimentalWarning',
  join(import.meta.dirname, 'cli.ts'),
];

describe('the command line of the lab', function () {
  this.timeout(300_000);

  it('says how it is used', async () => {
    const { code, stdout } = await run([...cli, 'sideways']);
    equal(code, 1);
    equal(stdout, 'Usage: npm run lab -- up [--detach] | down [RUN_DIRECTORY] | status\n');
  });

  it('brings a lab up that outlives it, shows it, and takes it down', async () => {
    const up = await run([...cli, 'up', '--detach']);
    equal(up.code, 0, up.stdout + up.stderr);
    const [, directory = ''] = /The lab is up in (\S+)/.exec(up.stdout) ?? [];
    match((await run([...cli, 'status'])).stdout, new RegExp(directory));
    await run([...cli, 'down', directory]);
    equal(await isAlive(directory), false);
    doesNotMatch((await run([...cli, 'status'])).stdout, new RegExp(directory));
  });

  it('takes the lab down on Ctrl-C', async () => {
    const [command, ...args] = [...cli, 'up'];
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let directory = '';
    for await (const line of createInterface(child.stdout)) {
      directory ||= /The lab is up in (\S+)/.exec(line)?.[1] ?? '';
      if (line.startsWith('Ctrl-C')) break;
    }
    equal(await isAlive(directory), true);
    child.kill('SIGINT');
    const [code] = (await once(child, 'exit')) as [number | null];
    equal(code, 0);
    equal(await isAlive(directory), false);
  });
});
