import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator } from '../lab/emulator/emulator.ts';
import { startLab } from '../lab/lab.ts';
import { labUnavailable } from '../lab/requirements.ts';
import { startVsCode } from '../lab/vscode/server.ts';
import { build } from './build.ts';
import { makeHome } from './home.ts';
import type { DemoHome } from './home.ts';
import { say, step } from './say.ts';

/** The cloud that a demo's VS Code works on. */
interface DemoCloud {
  readonly endpoint: string;
  /** Arguments before a command's own that bring it to where its guests are. */
  readonly enter?: readonly string[];
  readonly echoUrl?: string;
  stop(): Promise<void>;
}

const log = (line: string): void => {
  say(`    ${line}`);
};

/** Opens the real VS Code with the extension on the lab, until `stopped`; gives the exit code. */
export async function openDemo(stopped: Promise<void>): Promise<number> {
  const undo: (() => Promise<void>)[] = [];
  try {
    await step('Build the extension', build);
    const cloud = await step('Bring the lab up', startCloud);
    undo.push(() => cloud.stop());
    const parent = await mkdtemp(join(tmpdir(), 'ec2-multi-ip-demo-'));
    undo.push(() => rm(parent, { recursive: true, force: true }));
    const home = await makeHome(parent, cloud.endpoint);
    const server = await step('Start VS Code', () => startEditor(cloud, home));
    undo.push(() => server.stop());
    say(`\nOpen this address in a browser: ${server.url}\n`);
    say('There, click the EC2 Multi-IP icon in the Activity Bar, and then "Create Stack".');
    say(`The SSH user is admin, the key ${home.keyFile}, the public key ${home.keyFile}.pub.`);
    say('Ctrl-C here takes everything down.');
    await stopped;
    return 0;
  } finally {
    for (const end of undo.reverse()) await end();
    say('\nEverything is down.');
  }
}

async function startCloud(): Promise<DemoCloud> {
  const unavailable = labUnavailable();
  if (unavailable === undefined) {
    const lab = await startLab({ log });
    return { endpoint: lab.endpoint, enter: lab.enterOperator, echoUrl: lab.echoUrl, stop: () => lab.stop() };
  }
  log(`${unavailable} So this is the cloud part alone: instances have no guest to log in to.`);
  return startEmulator({ log });
}

function startEditor(cloud: DemoCloud, home: DemoHome): ReturnType<typeof startVsCode> {
  return startVsCode({
    folder: home.directory,
    extension: join(import.meta.dirname, '..', '..'),
    settings: {
      'ec2MultiIp.profile': home.profile,
      'ec2MultiIp.endpoint': cloud.endpoint,
      'ec2MultiIp.ssh.user': 'admin',
      'ec2MultiIp.ssh.keyFile': home.keyFile,
      ...(cloud.echoUrl !== undefined && { 'ec2MultiIp.probe.echoUrl': cloud.echoUrl }),
    },
    env: home.env,
    ...(cloud.enter !== undefined && { spawnPrefix: cloud.enter }),
    log,
  });
}
