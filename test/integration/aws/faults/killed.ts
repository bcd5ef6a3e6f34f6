import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Task } from './applyChild.ts';
import { type Faults, type Trial, startOver, tryWaysOut } from './trial.ts';

/** Processes that wait for a plan to be applied: starting one takes longer than applying. */
export class ChildPool {
  readonly #waiting: ChildProcess[] = [];
  readonly #cache: string;

  /** `directory` keeps their compiled code. */
  constructor(directory: string, size = 2) {
    this.#cache = join(directory, 'compiled');
    for (let n = 0; n < size; n++) this.#spawn();
  }

  /** Hands the task to a process, and resolves with the signal that ended it. */
  async run(task: Task): Promise<NodeJS.Signals | null> {
    const child = this.#waiting.shift();
    if (child === undefined) throw new Error('There is no process left.');
    this.#spawn();
    const ended = once(child, 'exit');
    child.stdin?.end(`${JSON.stringify(task)}\n`);
    const [, signal] = (await ended) as [number | null, NodeJS.Signals | null];
    return signal;
  }

  /** Ends those that still wait. */
  async stop(): Promise<void> {
    const ended = this.#waiting.map((child) => once(child, 'exit'));
    for (const child of this.#waiting) child.stdin?.end();
    await Promise.all(ended);
    await rm(this.#cache, { recursive: true, force: true });
  }

  #spawn(): void {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'applyChild.ts')], {
      stdio: ['pipe', 'ignore', 'inherit'],
      env: { ...process.env, NODE_COMPILE_CACHE: this.#cache },
    });
    this.#waiting.push(child);
  }
}

/** Lets a process apply the plan and be killed when so many entries are on disk, and tries both ways out. */
export async function tryKill(trial: Trial, pool: ChildPool, lastEntry: number): Promise<Faults> {
  await startOver(trial);
  const { plan, path, region } = trial;
  const signal = await pool.run({ plan, path, endpoint: region.proxy.endpoint, lastEntry });
  const faults = signal === 'SIGKILL' ? [] : [`was not killed but ended`];
  return [...faults, ...(await tryWaysOut(trial))].map(
    (fault) => `killed at entry ${String(lastEntry)}: ${fault}`,
  );
}
