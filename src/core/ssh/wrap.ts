import { shellQuote } from '../base/quoting.ts';
import type { CommandResult } from './shell.ts';

/** What a login shell is given to run, and what then goes to its standard input. */
export interface WrappedScript {
  readonly command: string;
  readonly input: string;
}

/** How a script is to be run. */
export interface WrapOptions {
  readonly marker: string;
  readonly become: Become;
}

/**
 * As whom a script runs: the user who logged in, or root by a sudo that asks nothing, or by one that asks the
 * program at a path for the password. A password never goes where the script or its data go.
 */
export type Become = 'user' | 'sudo' | { readonly askpass: string };

/**
 * Wraps a script so that any login shell starts it and none of it runs before all of it is there.
 *
 * It goes over standard input, which has no limit of length and needs no quoting; the brace makes sh read to
 * the end before it begins, so that a lost connection never leaves half a script running and no command eats
 * the rest of it. The marker tells where the noise of a login shell ends.
 */
export function wrapScript(script: string, { marker, become }: WrapOptions): WrappedScript {
  return {
    command: `env LC_ALL=C ${launcher(become)}sh -s`,
    input: [
      'LC_ALL=C PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin" && export LC_ALL PATH',
      `echo ${marker}`,
      '{',
      script,
      'exit',
      '} 3<&0 </dev/null',
      '',
    ].join('\n'),
  };
}

function launcher(become: Become): string {
  if (become === 'user') return '';
  if (become === 'sudo') return 'sudo -n -- ';
  return `SUDO_ASKPASS=${shellQuote(become.askpass)} sudo -A -p '' -- `;
}

/** Collects standard output, and passes lines on as they come, from the marker on. */
export class MarkedOutput {
  readonly #marker: Buffer;
  readonly #onLine: ((line: string) => void) | undefined;
  readonly #chunks: Buffer[] = [];
  #pending = Buffer.alloc(0);
  #started = false;

  constructor(marker: string, onLine: ((line: string) => void) | undefined) {
    this.#marker = Buffer.from(`${marker}\n`);
    this.#onLine = onLine;
  }

  /** Whether the script began at all. */
  get started(): boolean {
    return this.#started;
  }

  push(chunk: Buffer): void {
    if (this.#started) {
      this.#take(chunk);
      return;
    }
    this.#pending = Buffer.concat([this.#pending, chunk]);
    const at = this.#pending.indexOf(this.#marker);
    if (at < 0) return;
    this.#started = true;
    const rest = this.#pending.subarray(at + this.#marker.length);
    this.#pending = Buffer.alloc(0);
    this.#take(rest);
  }

  #take(chunk: Buffer): void {
    this.#chunks.push(chunk);
    if (this.#onLine === undefined) return;
    this.#pending = Buffer.concat([this.#pending, chunk]);
    for (let end = this.#pending.indexOf(10); end >= 0; end = this.#pending.indexOf(10)) {
      const line = this.#pending.subarray(0, end).toString('utf8');
      this.#pending = this.#pending.subarray(end + 1);
      this.#onLine(line);
    }
  }

  /** What the script wrote, or all the noise where it never began. */
  result(code: number, stderr: string): CommandResult {
    return { code, stdout: this.#started ? Buffer.concat(this.#chunks) : this.#pending, stderr };
  }
}
