import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { askLabApi } from './labApi.ts';
import type { EmulatorState } from './state.ts';
import { emulatorPython } from './virtualEnvironment.ts';

/** Access key ids that mean something to the emulator; it takes any other for a good one. */
export const accessKeys = {
  good: 'AKIALAB0000000000000',
  /** `AuthFailure` from EC2, `InvalidClientTokenId` from STS. */
  invalid: 'AKIAINVALID000000000',
  /** `RequestExpired` from EC2, `ExpiredToken` from STS. */
  expired: 'ASIAEXPIRED000000000',
  /** May do nothing in EC2. */
  denied: 'AKIADENIED0000000000',
  /** Account 210987654321 instead of 123456789012. */
  otherAccount: 'AKIAOTHERACCOUNT0000',
} as const;

/** The newest Debian 12 image for amd64 in every Region of the emulator. */
export const debianImage = 'ami-0deb12a0d64000001';

/** How to start an emulator; all of it has a default. */
export interface EmulatorOptions {
  /** Free one of the namespace that it runs in by default. */
  port?: number;
  /** 127.0.0.1 by default. */
  host?: string;
  /** 5 by default, as on a new account. */
  vpcMaxElasticIps?: number;
  /** How long `pending`, `stopping`, `shutting-down` and a PTR's `PENDING` last; 1 by default. */
  transitionSeconds?: number;
  /** Goes before the program, for example `['nsenter', '--net=/run/netns/operator']`; it must exec, not fork. */
  spawnPrefix?: readonly string[];
  log?: (line: string) => void;
}

/** A running emulator. Its methods reach it from any network namespace. */
export interface Emulator {
  /** For the SDK, as seen from the namespace that it runs in; STS answers there too. */
  readonly endpoint: string;
  /** Serves the same over HTTP, whatever the namespace. */
  readonly socketPath: string;
  /** Forgets everything, the quota too. */
  reset(): Promise<void>;
  /** Makes the ids and addresses that follow repeatable. */
  seed(seed: number): Promise<void>;
  /** Sets `vpc-max-elastic-ips`. */
  setQuota(vpcMaxElasticIps: number): Promise<void>;
  /** Enforces an IAM policy for all credentials from now on, until the next reset; `undefined` allows all. */
  setPolicy(policy: object | undefined): Promise<void>;
  /** Keeps a Region's state, and gives how to go back to it, as often as wanted until the next reset. */
  keep(region?: string): Promise<() => Promise<void>>;
  /** The whole state; with `after`, as soon as its version is another one, or after 10 s. us-east-1 by default. */
  state(after?: number, region?: string): Promise<EmulatorState>;
  /** Sets what GetConsoleOutput answers. */
  setConsoleOutput(instanceId: string, text: string, region?: string): Promise<void>;
  /** Tells that the guest shut itself down: the instance stops or terminates, as it was launched to. */
  powerOff(instanceId: string, region?: string): Promise<void>;
  /** Resolves once the process is gone; also safe when it is gone already. */
  stop(): Promise<void>;
}

const defaultRegion = 'us-east-1';

function start(python: string, socketPath: string, options: EmulatorOptions): ChildProcess {
  const {
    host = '127.0.0.1',
    port = 0,
    spawnPrefix = [],
    vpcMaxElasticIps = 5,
    transitionSeconds = 1,
  } = options;
  const [program = python, ...args] = [
    ...spawnPrefix,
    python,
    ...['-m', 'ec2_emulator', '--host', host, '--port', String(port)],
    ...['--parent', String(process.pid), '--socket', socketPath],
  ];
  return spawn(program, args, {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PYTHONDONTWRITEBYTECODE: '1',
      EC2_EMULATOR_MAX_ELASTIC_IPS: String(vpcMaxElasticIps),
      EC2_EMULATOR_TRANSITION_SECONDS: String(transitionSeconds),
    },
  });
}

/** Waits for the line that says where it listens; an Error with its last words where it ends instead. */
async function endpointOf(child: ChildProcess, log: (line: string) => void): Promise<string> {
  if (!child.stdout || !child.stderr) throw new Error('The emulator was started without pipes.');
  const words: string[] = [];
  createInterface(child.stderr).on('line', (line) => {
    words.push(line);
    log(line);
  });
  const ended = new Promise<never>((_resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => {
      reject(new Error(`The EC2 emulator ended before it listened: ${words.slice(-20).join('\n')}`));
    });
  });
  const lines = createInterface(child.stdout);
  const [line] = (await Promise.race([once(lines, 'line'), ended])) as [string];
  const { endpoint } = JSON.parse(line) as { endpoint: string };
  return endpoint;
}

async function stopProcess(child: ChildProcess, directory: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  }
  await rm(directory, { recursive: true, force: true });
}

/** Starts an EC2 emulator: moto, corrected where it differs from EC2. It ends with this process at the latest. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const log = options.log ?? (() => undefined);
  const python = await emulatorPython(log);
  const directory = await mkdtemp(join(tmpdir(), 'ec2-emulator-'));
  const socketPath = join(directory, 'http.sock');
  const child = start(python, socketPath, options);
  const endpoint = await endpointOf(child, log).catch(async (cause: unknown) => {
    await stopProcess(child, directory);
    throw cause;
  });
  const post = async (path: string, body: object) => {
    await askLabApi(socketPath, path, body);
  };
  return {
    endpoint,
    socketPath,
    reset: () => post('reset', {}),
    seed: (seed) => post('seed', { seed }),
    setQuota: (vpcMaxElasticIps) => post('quota', { vpcMaxElasticIps }),
    setPolicy: (policy) => post('policy', { policy: policy ?? null }),
    async keep(region = defaultRegion) {
      const { kept } = (await askLabApi(socketPath, 'keep', { region })) as { kept: number };
      return () => post('go-back', { kept, region });
    },
    async state(after, region = defaultRegion) {
      const query = new URLSearchParams({ region, ...(after !== undefined && { after: String(after) }) });
      return (await askLabApi(socketPath, `state?${query.toString()}`)) as EmulatorState;
    },
    setConsoleOutput: (instanceId, text, region = defaultRegion) =>
      post('console', { instanceId, text, region }),
    powerOff: (instanceId, region = defaultRegion) => post('power-off', { instanceId, region }),
    stop: () => stopProcess(child, directory),
  };
}
