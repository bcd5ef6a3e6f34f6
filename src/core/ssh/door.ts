// With identities.ts the one importer of ssh2: what it throws and emits is turned into our errors here.
import ssh2 from 'ssh2';
import type {
  AnyAuthMethod,
  CipherAlgorithm,
  Client,
  ClientChannel,
  ConnectConfig,
  ServerHostKeyAlgorithm,
} from 'ssh2';
import { CoreError, isExpected } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { certificateOf, typesFirst } from './certified.ts';
import type { Certified } from './certified.ts';
import { startDeadline } from './deadline.ts';
import type { Deadline } from './deadline.ts';
import { connectFailure } from './failures.ts';
import type { HostKeys } from './hostKeys.ts';
import { identities } from './identities.ts';
import { judgeHostKey } from './judgeHostKey.ts';
import { SshSession } from './session.ts';
import type { Acquaintance, GuestShell, SshQuestions, SshTarget } from './shell.ts';

/** What a connection needs besides its target. */
export interface ConnectOptions {
  readonly questions: SshQuestions;
  readonly hostKeys: HostKeys;
  readonly log: Log;
  readonly signal?: AbortSignal | undefined;
  /** What was seen when the same user logged in before; filled in by the first login. */
  readonly met?: Acquaintance | undefined;
  /** The fingerprints of its host keys that the instance printed to its console; empty where it printed none. */
  readonly printed?: (signal?: AbortSignal) => Promise<readonly string[]>;
  /** How long the guest may take to answer and to let us in, questions to the user not counted; 15,000. */
  readonly timeoutMilliseconds?: number;
}

/**
 * Logs in to a guest, through its bastion where it has one.
 *
 * Throws the `ssh.*` errors, or the signal's reason as soon as it is aborted.
 */
export async function connect(target: SshTarget, options: ConnectOptions): Promise<GuestShell> {
  options.signal?.throwIfAborted();
  const milliseconds = options.timeoutMilliseconds ?? 15_000;
  const limit = new AbortController();
  const deadline = startDeadline(milliseconds, () => {
    const { host, port } = target;
    limit.abort(new CoreError('ssh.noAnswer', { host, port, seconds: milliseconds / 1000 }));
  });
  const signal = AbortSignal.any([limit.signal, ...(options.signal ? [options.signal] : [])]);
  const opened: Client[] = [];
  try {
    const client = await reach(target, { options, deadline, signal, opened });
    const shell = await SshSession.open(client, { target, ...options, signal });
    options.log.info(`ssh ${target.user}@${target.host}: connected`);
    return shell;
  } catch (error) {
    for (const client of opened) client.destroy();
    throw error;
  } finally {
    deadline.clear();
  }
}

interface Reaching {
  readonly options: ConnectOptions;
  readonly deadline: Deadline;
  readonly signal: AbortSignal;
  /** Every client so far, to be closed where a later one fails. */
  readonly opened: Client[];
}

async function reach(target: SshTarget, reaching: Reaching): Promise<Client> {
  const { options, signal, opened } = reaching;
  const bastion = target.via === undefined ? undefined : await reach(target.via, reaching);
  const client = new ssh2.Client();
  // Nobody else listens on a bastion; what ends its connection ends the one through it, which is listened on.
  bastion?.on('error', () => client.destroy());
  const way = () => (bastion === undefined ? Promise.resolve(undefined) : forward(bastion, target));
  const certified = await certificateOf(target, way, { ...options, signal });
  const knownTypes = typesFirst(certified, await options.hostKeys.knownTypes(target));
  const sock = await way();
  signal.throwIfAborted();
  opened.push(client);
  await logIn(client, { ...reaching, target, certified, knownTypes, sock });
  client.once('close', () => bastion?.end());
  return client;
}

/** A way from a bastion to where it is to lead. */
function forward(bastion: Client, { host, port, via }: SshTarget): Promise<ClientChannel> {
  return new Promise<ClientChannel>((resolve, reject) => {
    bastion.forwardOut('127.0.0.1', 0, host, port, (error, channel) => {
      if (error === undefined) {
        resolve(channel);
        return;
      }
      const reason = error.message.replace(/^\(SSH\) Channel open failure: /, '');
      reject(
        new CoreError('ssh.jumpFailed', { bastion: via?.host ?? '', host, port, reason }, { cause: error }),
      );
    });
  }).catch((cause: unknown) => {
    if (isExpected(cause)) throw cause;
    // ssh2 throws where the connection has ended by now.
    throw new CoreError('ssh.connectionLost', { host: via?.host ?? host }, { cause });
  });
}

interface Attempt extends Reaching {
  readonly target: SshTarget;
  readonly certified: Certified;
  readonly knownTypes: readonly string[];
  readonly sock: ClientChannel | undefined;
}

function logIn(client: Client, attempt: Attempt): Promise<void> {
  const { target, certified, options, deadline, signal } = attempt;
  const since = performance.now();
  return new Promise((resolve, reject) => {
    let rejection: CoreError | undefined;
    let tried = 0;
    const fail = (error: unknown) => {
      signal.removeEventListener('abort', abort);
      const seconds = Math.round((performance.now() - since) / 100) / 10;
      reject(rejection ?? connectFailure(target, error, seconds, tried));
    };
    const abort = () => {
      client.destroy();
      reject(signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason)));
    };
    signal.addEventListener('abort', abort, { once: true });
    client.on('error', (error) => {
      // An agent that does not answer is one way in fewer, not the end.
      if (error.level === 'agent') options.log.warn(`ssh ${target.host}: agent: ${error.message}`);
      else fail(error);
    });
    client.on('close', () => {
      fail(new CoreError('ssh.connectionLost', { host: target.host }));
    });
    client.on('ready', () => {
      signal.removeEventListener('abort', abort);
      client.removeAllListeners();
      resolve();
    });
    const verify = (key: Buffer, accept: (accepted: boolean) => void) => {
      deadline
        .suspend(() => judgeHostKey(key, target, { ...options, certified, signal }))
        .catch((error: unknown) => connectFailure(target, error, 0, 0))
        .then((error) => {
          if (error instanceof CoreError) rejection = error;
          accept(error === undefined);
        }, fail);
    };
    const methods = identities(target, {
      log: options.log,
      passphrase: (keyFile) => deadline.suspend(() => options.questions.passphrase(keyFile)),
    });
    const offer = (next: (method: AnyAuthMethod | false) => void) => {
      methods.next().then(
        ({ done, value }) => {
          if (done !== true) tried += 1;
          next(done === true ? false : value);
        },
        (error: unknown) => {
          fail(error);
          client.destroy();
        },
      );
    };
    client.connect(configure(attempt, verify, offer));
    // A login is small messages both ways, and each would wait some 40 ms for the acknowledgement of another.
    client.setNoDelay(true);
  });
}

function configure(
  { target, knownTypes, sock }: Attempt,
  hostVerifier: (key: Buffer, accept: (accepted: boolean) => void) => void,
  offer: (next: (method: AnyAuthMethod | false) => void) => void,
): ConnectConfig {
  const { host, port, user } = target;
  return {
    host,
    port,
    username: user,
    ...(sock !== undefined && { sock }),
    authHandler: (_left, _partial, next) => {
      offer(next as (method: AnyAuthMethod | false) => void);
    },
    hostVerifier,
    // The parts that compress are left out of the bundle: a login and a few files gain nothing by them.
    algorithms: { serverHostKey: hostKeyAlgorithms(knownTypes), cipher: ciphers, compress: ['none'] },
    // Our own deadline counts, because this one does not stand still while the user is asked.
    readyTimeout: 0,
    keepaliveInterval: 5000,
    keepaliveCountMax: 3,
  };
}

/**
 * Without ChaCha20: whatever speaks SSH knows AES too, and the hash that ChaCha20 needs, a tenth of ssh2's
 * weight, can then be left out of the bundle.
 */
const ciphers: CipherAlgorithm[] = [
  'aes128-gcm@openssh.com',
  'aes256-gcm@openssh.com',
  'aes128-ctr',
  'aes192-ctr',
  'aes256-ctr',
];

const algorithmsByType: readonly (readonly [string, readonly ServerHostKeyAlgorithm[]])[] = [
  ['ssh-ed25519', ['ssh-ed25519']],
  ['ecdsa-sha2-nistp256', ['ecdsa-sha2-nistp256']],
  ['ecdsa-sha2-nistp384', ['ecdsa-sha2-nistp384']],
  ['ecdsa-sha2-nistp521', ['ecdsa-sha2-nistp521']],
  ['ssh-rsa', ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa']],
];

/** Asks first for the types that the host is known by, or another of its keys would look like a change. */
function hostKeyAlgorithms(knownTypes: readonly string[]): ServerHostKeyAlgorithm[] {
  const isKnown = ([type]: readonly [string, unknown]) => knownTypes.includes(type);
  return [
    ...algorithmsByType.filter((entry) => isKnown(entry)),
    ...algorithmsByType.filter((entry) => !isKnown(entry)),
  ].flatMap(([, algorithms]) => algorithms);
}
