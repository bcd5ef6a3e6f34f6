import type { Client } from 'ssh2';
import { CoreError } from '../base/errors.ts';
import { makeAskpass } from './askpass.ts';
import type { ChannelResult } from './channel.ts';
import type { SshQuestions } from './shell.ts';
import type { Become } from './wrap.ts';

/** How often a person may mistype the password of sudo. */
const triesAllowed = 3;

/** What becoming root takes. */
export interface SudoOptions {
  readonly client: Client;
  readonly user: string;
  readonly host: string;
  readonly marker: string;
  readonly questions: Pick<SshQuestions, 'sudoPassword'>;
}

/** A run of a script, as whomever it is told; `onStart` is to be called once the script has begun. */
export type Attempt = (become: Become, onStart: () => void) => Promise<ChannelResult>;

/** Becomes root on one connection: without a password where that works, else with the one that it asks for. */
export class Sudo {
  readonly #options: SudoOptions;
  #password: string | undefined;
  #needsPassword = false;
  /** One program for the password at a time: it is a channel more than sshd may allow. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: SudoOptions) {
    this.#options = options;
  }

  /** Runs a script as root; what comes back may not have started. Throws `ssh.sudoWrongPassword`. */
  async run(attempt: Attempt, signal: AbortSignal): Promise<ChannelResult> {
    if (!this.#needsPassword) {
      const plain = await attempt('sudo', () => undefined);
      if (plain.started || !wantsPassword(plain)) return plain;
      this.#needsPassword = true;
      // What it said is what counts where nobody gives a password.
      if (this.#options.questions.sudoPassword === undefined) return plain;
    }
    return this.#inTurn((next) => this.#withPassword(attempt, next, signal));
  }

  /** Runs work after what came before it, up to where it lets the next begin. */
  async #inTurn<T>(work: (next: () => void) => Promise<T>): Promise<T> {
    const before = this.#turn;
    const done = Promise.withResolvers<undefined>();
    this.#turn = done.promise;
    const next = () => {
      done.resolve(undefined);
    };
    await before;
    try {
      return await work(next);
    } finally {
      next();
    }
  }

  async #withPassword(attempt: Attempt, next: () => void, signal: AbortSignal): Promise<ChannelResult> {
    const { client, user, host, marker, questions } = this.#options;
    for (let tries = 0; tries < triesAllowed; tries += 1) {
      this.#password ??= await questions.sudoPassword?.(user, host, tries > 0);
      signal.throwIfAborted();
      if (this.#password === undefined) throw new CoreError('ssh.sudoNeedsPassword', { host, user });
      const askpass = await makeAskpass(client, this.#password, { marker, signal });
      try {
        const ended = await attempt({ askpass: askpass.path }, () => {
          askpass.remove();
          next();
        });
        if (ended.started || !isWrong(ended)) return ended;
        this.#password = undefined;
      } finally {
        askpass.remove();
      }
    }
    throw new CoreError('ssh.sudoWrongPassword', { host, user });
  }
}

function wantsPassword({ result }: ChannelResult): boolean {
  return /password|askpass/i.test(result.stderr);
}

function isWrong({ result }: ChannelResult): boolean {
  return /incorrect password|try again/i.test(result.stderr);
}
