import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { NetworkNamespace } from '../network/namespace.ts';
import { run, type Finished } from '../process/run.ts';
import { ControlGroup } from './controlGroup.ts';
import { Disk } from './disk.ts';
import { hasComeUp, initOf, turnsUsersAway } from './readiness.ts';

/** Why a guest is not running any more. */
export type Ending = 'reboot' | 'power off' | 'crash';

/** systemd-nspawn's exit code for a reboot that was asked for inside. */
const rebootCode = 133;

/** How long a guest may take to shut down before its power is cut, in milliseconds. */
const shutdownTime = 10_000;

/** One instance's machine: its disk, and, while it is switched on, its namespace and processes. */
export class Guest {
  readonly instanceId: string;
  /** The address that DHCP gives it. */
  readonly primaryAddress: string;
  readonly disk: Disk;
  readonly namespace: NetworkNamespace;
  private readonly runDirectory: string;
  private readonly onEnd: (ending: Ending) => void;
  private machine: ChildProcess | undefined;
  /** Resolves when the machine that was started last is gone, with all its processes. */
  private ended: Promise<void> = Promise.resolve();
  private boots = 0;
  private asked = false;
  private up = false;
  /** The first process of the boot that is on its way down. */
  private rebooting: number | undefined;

  /** `onEnd` is called when the guest ends by itself, not when it was told to. */
  constructor(
    instanceId: string,
    primaryAddress: string,
    runDirectory: string,
    onEnd: (ending: Ending) => void,
  ) {
    this.instanceId = instanceId;
    this.primaryAddress = primaryAddress;
    this.runDirectory = runDirectory;
    this.onEnd = onEnd;
    this.disk = new Disk(instanceId);
    this.namespace = new NetworkNamespace(instanceId);
  }

  get isOn(): boolean {
    return this.machine !== undefined;
  }

  /** Its first process, by its id in the lab; undefined while it is off or just starting. */
  get init(): number | undefined {
    return this.machine?.pid === undefined ? undefined : initOf(this.machine.pid);
  }

  /** Whether it has had its address and its SSH server since it was switched on. */
  hasComeUp(): boolean {
    const { init } = this;
    if (init === undefined || init === this.rebooting || turnsUsersAway(init)) return false;
    this.up ||= hasComeUp(init, this.primaryAddress);
    return this.up;
  }

  /** Switches it on. Its namespace must be there, with its links plugged in. */
  start(): void {
    const group = new ControlGroup(this.runDirectory, `${this.instanceId}.${this.boots++}`);
    const [command = '', ...args] = [...group.enter, ...this.namespace.enter, ...this.nspawn];
    const machine = spawn(command, args, { stdio: ['ignore', 'ignore', 'ignore'] });
    this.machine = machine;
    this.asked = false;
    this.up = false;
    this.rebooting = undefined;
    // The first process is found soon after the start, and must be known should systemd-nspawn be killed.
    const init = this.rememberInit(machine);
    this.ended = new Promise((resolve) => {
      machine.on('exit', (code) => {
        void init.then((pid) => {
          if (pid !== undefined) killIfThere(pid);
          group.remove();
          this.machine = undefined;
          if (!this.asked) this.onEnd(code === rebootCode ? 'reboot' : code === 0 ? 'power off' : 'crash');
          resolve();
        });
      });
    });
  }

  /** Shuts it down in an orderly way, and cuts its power where that takes too long. */
  async shutDown(): Promise<void> {
    await this.end('SIGTERM', shutdownTime);
  }

  /** Cuts its power. */
  async cutPower(): Promise<void> {
    await this.end('SIGKILL', shutdownTime);
  }

  /** Presses the reset key: the guest shuts down in an orderly way and starts again. */
  reboot(): void {
    const { init, machine } = this;
    if (init === undefined) return;
    this.rebooting = init;
    process.kill(init, 'SIGINT');
    // EC2 does the same to a guest that does not react, after some minutes.
    const impatience = setTimeout(() => machine?.kill('SIGKILL'), shutdownTime);
    void this.ended.then(() => {
      clearTimeout(impatience);
    });
  }

  /** Runs a shell script inside, as root. */
  async run(script: string): Promise<Finished> {
    const { init } = this;
    if (init === undefined) throw new Error(`The guest of ${this.instanceId} is not running`);
    const env = {
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      HOME: '/root',
      LANG: 'C.UTF-8',
    };
    return run(['nsenter', `--target=${init}`, '--all', '--', '/bin/sh', '-c', script], { env });
  }

  /** It is started inside the namespace as well, because /sys shows the network of whoever mounts it. */
  private get nspawn(): readonly string[] {
    return [
      'systemd-nspawn',
      '--quiet',
      '--register=no',
      '--keep-unit',
      '--directory',
      this.disk.root,
      `--machine=${this.instanceId}`,
      `--network-namespace-path=${this.namespace.path}`,
      '--capability=CAP_NET_ADMIN',
      '--resolv-conf=off',
      '--timezone=off',
      '--link-journal=no',
      '--boot',
      '--console=read-only',
    ];
  }

  private async end(signal: NodeJS.Signals, patience: number): Promise<void> {
    const { machine } = this;
    if (machine === undefined) return;
    this.asked = true;
    machine.kill(signal);
    const impatience = setTimeout(() => machine.kill('SIGKILL'), patience);
    await this.ended;
    clearTimeout(impatience);
  }

  private async rememberInit(machine: ChildProcess): Promise<number | undefined> {
    while (machine.pid !== undefined && machine.exitCode === null && machine.signalCode === null) {
      const init = initOf(machine.pid);
      if (init !== undefined) return init;
      await sleep(20);
    }
    return undefined;
  }
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended with systemd-nspawn, as it should.
  }
}
