import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator } from '../lab/emulator/emulator.ts';
import { startLab } from '../lab/lab.ts';
import { labUnavailable } from '../lab/requirements.ts';
import type { Locale } from '../lab/vscode/server.ts';
import { build } from './build.ts';
import { startEditor } from './editor.ts';
import type { DemoCloud } from './editor.ts';
import { makeHome } from './home.ts';
import { say, step } from './say.ts';

/** A cloud that this demo started, and how it ends. */
type StartedCloud = DemoCloud & { stop(): Promise<void> };

const log = (line: string): void => {
  say(`    ${line}`);
};

/** Opens the real VS Code with the extension on the lab, in a language, until `stopped`; gives the exit code. */
export async function openDemo(stopped: Promise<void>, locale: Locale): Promise<number> {
  const undo: (() => Promise<void>)[] = [];
  try {
    await step('Build the extension', build);
    const cloud = await step('Bring the lab up', startCloud);
    undo.push(() => cloud.stop());
    const parent = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-demo-'));
    undo.push(() => rm(parent, { recursive: true, force: true }));
    const home = await makeHome(parent, cloud.endpoint);
    const server = await step('Start VS Code', () => startEditor(cloud, home, { locale, log }));
    undo.push(() => server.stop());
    say(`\nOpen this address in a browser: ${server.url}\n`);
    const first = locale === 'ja' ? 'スタックを作成' : 'Create Stack';
    say(`There, click the EC2 Multi-IP icon in the Activity Bar, and then “${first}”.`);
    say(`The SSH user is admin, the key ${home.keyFile}, the public key ${home.keyFile}.pub.`);
    say('Ctrl-C here takes everything down.');
    await stopped;
    return 0;
  } finally {
    for (const end of undo.reverse()) await end();
    say('\nEverything is down.');
  }
}

async function startCloud(): Promise<StartedCloud> {
  const unavailable = labUnavailable();
  if (unavailable === undefined) return startLab({ log });
  log(`${unavailable} So this is the cloud part alone: instances have no guest to log in to.`);
  return startEmulator({ log });
}
