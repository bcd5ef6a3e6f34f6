// `npm run demo`: the main job in the lab. In a real VS Code to click through, or with --headless in the terminal.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startLab } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';
import { labUnavailable } from '../lab/requirements.ts';
import { openDemo } from './open.ts';
import { demoOptions } from './options.ts';
import { say, step } from './say.ts';

const options = demoOptions(process.argv.slice(2));
if ('text' in options) {
  process.stdout.write(options.text);
  process.exit(options.exitCode);
}
const { headless, locale } = options;

const unavailable = labUnavailable();
if (headless && unavailable !== undefined) {
  say(unavailable);
  process.exit(1);
}

const stopped = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => {
      resolve();
    });
});

process.exitCode = headless ? await runHeadless() : await openDemo(stopped, locale);

async function runHeadless(): Promise<number> {
  const lab = await step('Bring the lab up', () =>
    startLab({
      log: (line) => {
        say(`    ${line}`);
      },
    }),
  );
  try {
    return await Promise.race([walk(lab), stopped.then(() => 130)]);
  } finally {
    await step('Take the lab down', () => lab.stop());
  }
}

async function walk(lab: Lab): Promise<number> {
  const program = [
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    join(import.meta.dirname, 'walk.ts'),
  ];
  const command = [...lab.enterOperator, ...program];
  const child = spawn(command[0] ?? process.execPath, command.slice(1), {
    stdio: 'inherit',
    env: { ...process.env, EC2_MULTI_IP_LAB: lab.runDirectory },
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}
