import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync, writeFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallDescription, GuestDescription, LabDescription } from './control/api.ts';
import { ask } from './control/client.ts';
import { debianImage } from './emulator/emulator.ts';
import type { EmulatorState } from './emulator/state.ts';
import { emulatorPython } from './emulator/virtualEnvironment.ts';
import { ensureImage } from './image/image.ts';
import { recipeFor } from './image/recipe.ts';
import type { Finished } from './process/run.ts';
import {
  checkout,
  controlSocketOf,
  isAlive,
  livingLabs,
  makeRunDirectory,
  sweep,
} from './process/runDirectory.ts';
import { ensureCommands, labUnavailable } from './requirements.ts';

/** A running lab: an EC2 whose instances are real Debian guests on a real network. */
export interface Lab extends LabDescription {
  /**
   * Resolves when the data plane equals the newest state of the control plane, no instance is between two states,
   * and every guest that is to run answers on port 22; rejects after 60 s.
   */
  settle(): Promise<void>;
  guests(): Promise<readonly GuestDescription[]>;
  /** Runs a shell script as root inside a guest, past its network. */
  runInGuest(instanceId: string, script: string): Promise<Finished>;
  /** Everything the emulator holds, in the shapes of EC2's describes. */
  state(): Promise<EmulatorState>;
  /** Empties the emulator, ends all guests, and puts latency, calls and switches back. */
  reset(): Promise<void>;
  /** Makes ids and addresses that follow repeatable. */
  seed(seed: number): Promise<void>;
  /** Sets how many Elastic IPs the account may have. */
  setQuota(elasticIps: number): Promise<void>;
  /** Sets what EC2 tells of an instance's console, until the guest prints to it again. */
  setConsoleOutput(instanceId: string, text: string): Promise<void>;
  /** Delays each call to EC2 by so many milliseconds. */
  setLatency(milliseconds: number): Promise<void>;
  /** Opens or closes outbound TCP 25 to public addresses, which EC2 blocks by default. */
  setOutboundMail(open: boolean): Promise<void>;
  /** The calls to EC2 since the start, the last reset or the last `clearCalls`. */
  calls(): Promise<readonly CallDescription[]>;
  clearCalls(): Promise<void>;
  /** Ends the lab and everything in it; safe to call twice. */
  stop(): Promise<void>;
}

export interface LabOptions {
  /** Called with each line that says what the lab is doing. */
  readonly log?: (line: string) => void;
  /** Let the lab outlive this process; without it the lab ends with it, however it ends. */
  readonly detached?: boolean;
  /** The AMI ids that will be launched, whose guest images are to be there; Debian with ifupdown alone by default. */
  readonly images?: readonly string[];
}

/**
 * Starts a lab of its own, beside any others, and resolves when EC2 answers.
 *
 * The first start on a machine installs Debian packages and makes a guest image and a virtual environment, which
 * takes a few minutes; later ones take seconds. Rejects with one line where the machine cannot run a lab.
 */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  const { log = () => undefined, detached = false } = options;
  const unavailable = labUnavailable();
  if (unavailable !== undefined) throw new Error(unavailable);
  await ensureCommands(log);
  await emulatorPython(log);
  for (const imageId of options.images ?? [debianImage]) await ensureImage(recipeFor(imageId), log);
  const runDirectory = await makeRunDirectory();
  writeFileSync(join(runDirectory, 'checkout'), checkout);
  const guard = startGuard(runDirectory, detached);
  try {
    await (detached ? waitForSocket(guard, runDirectory) : waitForLine(guard, log));
    return await connectLab(runDirectory);
  } catch (cause) {
    guard.kill('SIGKILL');
    await endOf(runDirectory);
    throw cause;
  }
}

/**
 * Connects to a running lab: that of a run directory, of the environment variable EC2_MULTI_IP_LAB, or the newest
 * one of this checkout. Rejects where there is none.
 */
export async function connectLab(runDirectory = process.env['EC2_MULTI_IP_LAB']): Promise<Lab> {
  const directory = runDirectory ?? (await livingLabs())[0];
  if (directory === undefined) throw new Error('No lab is running here; start one with: npm run lab -- up');
  const socket = controlSocketOf(directory);
  const description = await ask(socket, 'describe');
  return {
    ...description,
    settle: () => ask(socket, 'settle'),
    guests: () => ask(socket, 'guests'),
    runInGuest: (instanceId, script) => ask(socket, 'runInGuest', { instanceId, script }),
    state: () => ask(socket, 'state'),
    reset: () => ask(socket, 'reset'),
    seed: (seed) => ask(socket, 'seed', seed),
    setQuota: (elasticIps) => ask(socket, 'setQuota', elasticIps),
    setConsoleOutput: (instanceId, text) => ask(socket, 'setConsoleOutput', { instanceId, text }),
    setLatency: (milliseconds) => ask(socket, 'setLatency', milliseconds),
    setOutboundMail: (open) => ask(socket, 'setOutboundMail', open),
    calls: () => ask(socket, 'calls'),
    clearCalls: () => ask(socket, 'clearCalls'),
    stop: async () => {
      if (await isAlive(directory)) await ask(socket, 'stop').catch(() => undefined);
      await endOf(directory);
    },
  };
}

/** Sessions of its own keep a terminal's Ctrl-C from the lab: whoever started it decides. */
function startGuard(runDirectory: string, detached: boolean): ChildProcess {
  const script = join(import.meta.dirname, 'guard.sh');
  const supervisor = join(import.meta.dirname, 'supervisor', 'supervisor.ts');
  const node = [process.execPath, '--disable-warning=ExperimentalWarning', supervisor];
  const output = detached ? openSync(join(runDirectory, 'log'), 'a') : 'pipe';
  const guard = spawn(
    '/bin/sh',
    [script, runDirectory, ...node, runDirectory, detached ? 'detached' : 'tied'],
    {
      detached: true,
      stdio: ['ignore', output, output, detached ? 'ignore' : 'pipe'],
      env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` },
    },
  );
  // The starter may end when it has nothing else to do; the lab then ends with it.
  guard.unref();
  for (const stream of guard.stdio) if (stream instanceof Socket) stream.unref();
  return guard;
}

/** Waits for the supervisor's word, and passes on what it says before and after. */
async function waitForLine(guard: ChildProcess, log: (line: string) => void): Promise<void> {
  const said: string[] = [];
  const stillHere = setInterval(() => undefined, 60_000);
  await new Promise<void>((resolve, reject) => {
    for (const stream of [guard.stdout, guard.stderr]) {
      if (stream === null) continue;
      createInterface(stream).on('line', (line) => {
        if (line === 'ready') resolve();
        else log(line);
        said.push(line);
      });
    }
    guard.on('error', reject);
    guard.on('exit', () => {
      reject(new Error(`The lab did not start: ${said.slice(-10).join('\n')}`));
    });
  }).finally(() => {
    clearInterval(stillHere);
  });
}

async function waitForSocket(guard: ChildProcess, runDirectory: string): Promise<void> {
  const ended = once(guard, 'exit').then(() => 'ended');
  const socket = controlSocketOf(runDirectory);
  for (;;) {
    if (await ask(socket, 'describe').then(Boolean, () => false)) return;
    if ((await Promise.race([ended, sleep(50)])) === 'ended') {
      throw new Error(`The lab did not start: ${readFileSync(join(runDirectory, 'log'), 'utf8')}`);
    }
  }
}

/** Waits until no process of a lab is left, and removes what a guard that was killed could not. */
async function endOf(runDirectory: string): Promise<void> {
  while (await isAlive(runDirectory)) await sleep(20);
  await sweep(runDirectory);
}
