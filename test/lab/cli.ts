// `npm run lab -- up [--detach] | down [RUN_DIRECTORY] | status`: the lab by hand.
import { setTimeout as sleep } from 'node:timers/promises';
import { connectLab, startLab, type Lab } from './lab.ts';
import { isAlive, livingLabs } from './process/runDirectory.ts';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

async function up(detached: boolean): Promise<void> {
  const lab = await startLab({ log: say, detached });
  describe(lab);
  if (detached) {
    say('It runs until: npm run lab -- down');
    return;
  }
  say('Ctrl-C takes everything down.');
  const stop = (): void => {
    say('Taking the lab down');
    void lab.stop();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
  while (await isAlive(lab.runDirectory)) await sleep(500);
}

/** Takes down one lab, or all of this checkout. */
async function down(directory?: string): Promise<void> {
  const directories = directory === undefined ? await livingLabs() : [directory];
  for (const directory of directories) {
    const lab = await connectLab(directory);
    await lab.stop();
    say(`Took down ${directory}`);
  }
  if (directories.length === 0) say('No lab is running here.');
}

async function status(): Promise<void> {
  const directories = await livingLabs();
  if (directories.length === 0) say('No lab is running here.');
  for (const directory of directories) {
    const lab = await connectLab(directory);
    describe(lab);
    for (const guest of await lab.guests()) {
      const condition = guest.pid === undefined ? 'off' : guest.up ? `up, process ${guest.pid}` : 'booting';
      say(`  ${guest.instanceId}  ${guest.primaryAddress}  ${condition}`);
    }
  }
}

function describe(lab: Lab): void {
  say(`The lab is up in ${lab.runDirectory}`);
  say(`  run as the operator:  ${lab.enterOperator.join(' ')} COMMAND`);
  say(`  EC2 for the operator: ${lab.endpoint}`);
  say(`  EC2 for this machine: ${lab.endpointSocket}`);
  say(`  address echo:         ${lab.echoUrl}`);
}

const [command = '', option, ...more] = process.argv.slice(2);
try {
  if (command === 'up' && (option === undefined || option === '--detach')) await up(option === '--detach');
  else if (command === 'down' && more.length === 0) await down(option);
  else if (command === 'status' && option === undefined) await status();
  else throw new Error('Usage: npm run lab -- up [--detach] | down [RUN_DIRECTORY] | status');
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
