import { randomBytes } from 'node:crypto';
import type { Client } from 'ssh2';
import { CoreError, isExpected } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { runOnChannel } from './channel.ts';
import type {
  Acquaintance,
  CommandResult,
  GuestOperation,
  GuestShell,
  RunOptions,
  SshQuestions,
  SshTarget,
} from './shell.ts';
import { Slots } from './slots.ts';
import { Sudo } from './sudo.ts';
import type { Attempt } from './sudo.ts';
import { wrapScript } from './wrap.ts';

/** sshd refuses more than ten channels on a connection by default (MaxSessions). */
const channelsAtOnce = 8;

/** Who and where we are after the login, in one round trip. */
const greeting: GuestOperation<{ readonly uid: number; readonly localAddress: string }> = {
  name: 'look where the connection arrived',
  script: 'id -u\nset -- $SSH_CONNECTION\necho "$3"',
  asRoot: false,
  parse: ({ stdout }) => {
    const [uid = '', localAddress = ''] = stdout.toString('utf8').split('\n');
    return { uid: Number(uid), localAddress };
  },
};

/** What a connection is made of besides its client. */
interface Opening {
  readonly target: SshTarget;
  readonly log: Log;
  readonly questions: SshQuestions;
  readonly signal: AbortSignal;
  readonly met?: Acquaintance | undefined;
}

/** A logged-in connection, with its channels. */
export class SshSession implements GuestShell {
  readonly host: string;
  readonly user: string;
  #arrivedAt: string | undefined;
  #uid = 0;
  readonly #client: Client;
  readonly #log: Log;
  readonly #slots = new Slots(channelsAtOnce);
  readonly #lost = new AbortController();
  readonly #marker = `ec2-multi-ip-${randomBytes(8).toString('hex')}`;

  readonly #sudo: Sudo;

  private constructor(client: Client, { target, log, questions }: Opening) {
    this.host = target.host;
    this.user = target.user;
    this.#client = client;
    this.#log = log;
    const { host, user } = target;
    this.#sudo = new Sudo({ client, host, user, questions, marker: this.#marker });
    client.on('close', () => {
      this.#lost.abort(new CoreError('ssh.connectionLost', { host: target.host }));
    });
    client.on('error', (error) => {
      log.warn(`ssh ${target.host}: ${error.message}`);
    });
  }

  /** Takes over a connection whose login is done. */
  static async open(client: Client, opening: Opening): Promise<SshSession> {
    const session = new SshSession(client, opening);
    const { signal, met = {} } = opening;
    // The first time it also tells whether the login shell runs anything at all.
    met.uid ??= await session.#greet({ signal });
    session.#uid = met.uid;
    return session;
  }

  async arrivedAt(signal?: AbortSignal): Promise<string> {
    if (this.#arrivedAt === undefined) await this.#greet(signal === undefined ? {} : { signal });
    return this.#arrivedAt ?? '';
  }

  run<T>(operation: GuestOperation<T>, options: RunOptions = {}): Promise<T> {
    return this.#slots.use(() => this.#run(operation, options));
  }

  close(): void {
    this.#client.end();
  }

  async #greet(options: RunOptions): Promise<number> {
    const { uid, localAddress } = await this.run(greeting, options);
    this.#arrivedAt = localAddress;
    return uid;
  }

  async #run<T>(operation: GuestOperation<T>, options: RunOptions): Promise<T> {
    const withSudo = operation.asRoot && this.#uid !== 0;
    const signal = AbortSignal.any([this.#lost.signal, ...(options.signal ? [options.signal] : [])]);
    signal.throwIfAborted();
    const since = performance.now();
    const attempt: Attempt = (become, onStart) =>
      runOnChannel(this.#client, {
        wrapped: wrapScript(operation.script, { marker: this.#marker, become }),
        marker: this.#marker,
        holdInput: operation.endsWithCaller === true,
        signal,
        onLine: options.onLine,
        onStart,
      });
    const running = withSudo ? this.#sudo.run(attempt, signal) : attempt('user', () => undefined);
    const { result, started } = await running.catch((cause: unknown) => {
      signal.throwIfAborted();
      if (isExpected(cause)) throw cause;
      throw new CoreError('ssh.connectionLost', { host: this.host }, { cause });
    });
    // A channel closes a moment before its connection does: the reason is worth that moment.
    if (result.code === -1) await nextTick();
    this.#lost.signal.throwIfAborted();
    this.#log.debug(
      `ssh ${this.user}@${this.host}: ${operation.name}: exit ${result.code}, ${Math.round(performance.now() - since)} ms`,
    );
    if (!started) throw this.#notStarted(operation.name, withSudo, result);
    return operation.parse(result);
  }

  #notStarted(operation: string, withSudo: boolean, { code, stderr, stdout }: CommandResult): CoreError {
    const { host, user } = this;
    if (!withSudo) {
      return new CoreError('ssh.commandFailed', {
        operation,
        exitCode: code,
        stderr: `${stdout.toString('utf8')}${stderr}`.trim(),
      });
    }
    if (/password|askpass/i.test(stderr)) return new CoreError('ssh.sudoNeedsPassword', { host, user });
    // What stands above it is a greeting, or about the user's language.
    const reason = stderr.trim().split('\n').at(-1) ?? '';
    return new CoreError('ssh.sudoRefused', { host, user, reason });
  }
}

function nextTick(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 50));
}
