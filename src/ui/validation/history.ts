import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ValidationRun } from '../../core/diagnose/run.ts';

const LONGEST = 50;

/** The EIP that an address had before, where that is known. */
export type LastEip = (networkInterfaceId: string, privateAddress: string) => string | undefined;

/** The validations of this and earlier sessions, newest first, in one file. */
export class ValidationHistory {
  readonly #path: string;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
  }

  /** What is there; a file that is not, or is broken, is an empty history. */
  async runs(): Promise<readonly ValidationRun[]> {
    await this.#writing;
    return this.#read();
  }

  /** Puts a run in front, and lets go of the oldest. */
  async add(run: ValidationRun): Promise<void> {
    const next = this.#writing.then(async () => {
      const runs = [run, ...(await this.#read())].slice(0, LONGEST);
      await mkdir(dirname(this.#path), { recursive: true });
      await writeFile(`${this.#path}.new`, JSON.stringify(runs));
      await rename(`${this.#path}.new`, this.#path);
    });
    this.#writing = next.catch(() => undefined);
    await next;
  }

  /** The EIP that each address had when it was last tested with one. */
  async lastEips(): Promise<LastEip> {
    const found = new Map<string, string>();
    for (const { pair } of (await this.runs()).flatMap(({ rows }) => rows)) {
      const key = `${pair.networkInterfaceId} ${pair.privateAddress}`;
      if (pair.publicIp !== undefined && !found.has(key)) found.set(key, pair.publicIp);
    }
    return (networkInterfaceId, privateAddress) => found.get(`${networkInterfaceId} ${privateAddress}`);
  }

  async #read(): Promise<readonly ValidationRun[]> {
    try {
      const runs: unknown = JSON.parse(await readFile(this.#path, 'utf8'));
      return Array.isArray(runs) ? runs.filter(isRun) : [];
    } catch {
      return [];
    }
  }
}

function isRun(value: unknown): value is ValidationRun {
  return typeof value === 'object' && value !== null && 'version' in value && value.version === 1;
}
